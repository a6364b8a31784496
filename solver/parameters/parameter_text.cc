// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "parameters/parameter_text.h"

#include <deal.II/base/utilities.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "utilities/entry_table.h"
#include "utilities/exceptions.h"

namespace dynkin
{
  namespace
  {
    constexpr std::size_t maximum_file_size   = 1 << 20;
    constexpr std::size_t maximum_line_length = 16384;

    using dealii::Utilities::trim;

    /** Length of the UTF-8 character at `begin`, 0 if there is none. */
    std::size_t
    utf8_length(const std::string &line, const std::size_t begin)
    {
      const auto byte = [&](const std::size_t i) {
        return i < line.size() ? static_cast<unsigned char>(line[i]) : 0u;
      };
      const unsigned int first  = byte(begin);
      const std::size_t  length = first < 0x80                     ? 1
                                  : first >= 0xC2 && first <= 0xDF ? 2
                                  : first >= 0xE0 && first <= 0xEF ? 3
                                  : first >= 0xF0 && first <= 0xF4 ? 4
                                                                   : 0;
      for (std::size_t i = 1; i < length; ++i)
        if ((byte(begin + i) & 0xC0) != 0x80)
          return 0;
      // overlong forms, surrogates, beyond U+10FFFF
      const unsigned int second = byte(begin + 1);
      if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
          (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F))
        return 0;
      return length;
    }

    /** What makes the line no text, or nothing. */
    std::string
    defect_of_line(const std::string &line)
    {
      if (line.size() > maximum_line_length)
        return "needs lines of at most " + std::to_string(maximum_line_length) + " bytes";
      for (std::size_t i = 0; i < line.size();)
        {
          const std::size_t length = utf8_length(line, i);
          if (length == 0)
            return "needs UTF-8 text, which this line is not";
          if ((static_cast<unsigned char>(line[i]) < 0x20 && line[i] != '\t') || line[i] == 0x7F)
            return "needs text without control characters";
          i += length;
        }
      return "";
    }

    /** Blanks between the words of a name count as one. */
    std::string
    tidy_name(const std::string &name)
    {
      std::istringstream words(name);
      std::string        tidy;
      for (std::string word; words >> word;)
        tidy += (tidy.empty() ? "" : " ") + word;
      return tidy;
    }

    std::string
    quote(const std::string &text)
    {
      return "'" + shorten(text) + "'";
    }

    /** The grammar, statement by statement. */
    class Parser
    {
    public:
      Parser(const std::string &file_name)
        : file_name(file_name)
      {
      }

      std::vector<ParameterStatement>
      parse(const std::string &text);

    private:
      const std::string               file_name;
      std::vector<ParameterStatement> open_sections;
      std::vector<ParameterStatement> statements;

      void
      read_statement(const std::string &text, const unsigned int line);

      [[noreturn]] void
      fail(const unsigned int line, const std::string &reason) const
      {
        throw InputError("", file_name + ", line " + std::to_string(line) + ": " + reason);
      }

      ParameterStatement
      named(const std::string &name, const unsigned int line) const
      {
        ParameterStatement statement;
        statement.section = open_sections.empty() ? "" : open_sections.back().path();
        statement.name    = tidy_name(name);
        statement.line    = line;
        if (statement.name.empty())
          fail(line, "a name is missing; needs 'subsection NAME' or 'set NAME = VALUE'");
        if (statement.name.find('/') != std::string::npos)
          fail(line,
               quote(statement.name) + " needs to be without '/'; use 'subsection NAME' instead");
        return statement;
      }
    };

    std::vector<ParameterStatement>
    Parser::parse(const std::string &text)
    {
      const std::string  byte_order_mark = "\xEF\xBB\xBF";
      std::istringstream lines(text.substr(text.rfind(byte_order_mark, 0) == 0 ? 3 : 0));
      std::string        collected;
      unsigned int       first_line = 0;
      unsigned int       line       = 0;
      for (std::string raw; std::getline(lines, raw);)
        {
          ++line;
          if (!raw.empty() && raw.back() == '\r')
            raw.pop_back();
          const std::string defect = defect_of_line(raw);
          if (!defect.empty())
            fail(line, defect);
          std::replace(raw.begin(), raw.end(), '\t', ' '); // a blank, in messages as well

          const std::string content = trim(raw.substr(0, raw.find('#')));
          if (first_line == 0)
            first_line = line;
          if (!content.empty() && content.back() == '\\')
            {
              collected += content.substr(0, content.size() - 1);
              continue;
            }
          read_statement(trim(collected + content), first_line);
          collected.clear();
          first_line = 0;
        }
      if (first_line != 0)
        fail(line, "the file ends after '\\', which needs a line to follow");
      if (!open_sections.empty())
        fail(open_sections.back().line,
             "subsection " + open_sections.back().path() + " needs an 'end', which is missing");
      return statements;
    }

    void
    Parser::read_statement(const std::string &text, const unsigned int line)
    {
      const std::size_t blank = text.find(' ');
      const std::string word  = text.substr(0, blank);
      const std::string rest  = blank == std::string::npos ? "" : text.substr(blank);
      if (word == "subsection")
        {
          ParameterStatement statement = named(rest, line);
          statement.is_subsection      = true;
          open_sections.push_back(statement);
          statements.push_back(statement);
        }
      else if (word == "set")
        {
          const std::size_t equals = rest.find('=');
          if (equals == std::string::npos)
            fail(line, "'=' is missing in " + quote(text) + "; needs 'set NAME = VALUE'");
          statements.push_back(named(rest.substr(0, equals), line));
          statements.back().value = trim(rest.substr(equals + 1));
        }
      else if (word == "end")
        {
          if (!rest.empty())
            fail(line, "needs nothing after 'end', but there is " + quote(trim(rest)));
          if (open_sections.empty())
            fail(line, "'end' without an open subsection");
          open_sections.pop_back();
        }
      else if (!text.empty())
        fail(line,
             quote(text) +
               " is not understood; needs 'subsection NAME', 'set NAME = VALUE', 'end' or a "
               "comment after '#'");
    }
  } // namespace

  std::string
  shorten(const std::string &text)
  {
    if (text.size() <= 60)
      return text;
    std::size_t length = 57;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
      --length;
    return text.substr(0, length) + "...";
  }

  std::string
  ParameterStatement::path() const
  {
    return join_path(section, name);
  }

  std::string
  read_text_file(const std::string &file_name)
  {
    std::error_code error;
    if (std::filesystem::is_directory(file_name, error))
      throw InputError("", file_name + ": needs a parameter file, but this is a directory");
    std::ifstream file(file_name, std::ios::binary);
    if (!file)
      throw InputError("", file_name + ": cannot be read (" + std::strerror(errno) + ")");
    std::string text(maximum_file_size + 1, '\0');
    file.read(&text[0], text.size());
    text.resize(file.gcount());
    if (text.size() > maximum_file_size)
      throw InputError("", file_name + ": needs a parameter file of at most 1 MiB");
    return text;
  }

  std::vector<ParameterStatement>
  parse_parameter_text(const std::string &file_name, const std::string &text)
  {
    return Parser(file_name).parse(text);
  }
} // namespace dynkin
