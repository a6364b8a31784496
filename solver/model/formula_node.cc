// SPDX-FileCopyrightText: 2026 The dynkin authors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "model/formula_node.h"

#include <boost/functional/hash.hpp>

#include <deque>
#include <mutex>
#include <unordered_map>

namespace dynkin
{
  namespace formulas
  {
    namespace
    {
      std::size_t
      hash(const Rational &value)
      {
        std::size_t seed = value.get_num().get_ui() + (value < 0);
        boost::hash_combine(seed, value.get_den().get_ui());
        return seed;
      }

      std::size_t
      hash(const Node &node)
      {
        std::size_t seed = static_cast<std::size_t>(node.operation);
        boost::hash_combine(seed, hash(node.number));
        for (const Expression argument : node.arguments)
          boost::hash_combine(seed, argument);
        for (const Rational &weight : node.weights)
          boost::hash_combine(seed, hash(weight));
        return seed;
      }

      bool
      is_same(const Node &a, const Node &b)
      {
        return a.operation == b.operation && a.number == b.number && a.arguments == b.arguments &&
               a.weights == b.weights;
      }

      /** Powers of numbers that are numbers of a reasonable size. */
      bool
      fold(const Rational &base, const Rational &exponent, Rational &result)
      {
        constexpr unsigned int largest = 4096; // bits
        if (base == 0 && exponent < 0)
          return false;
        if (base == 0 || base == 1)
          {
            result = base;
            return true;
          }
        const Rational size =
          mpz_sizeinbase(base.get_num_mpz_t(), 2) + mpz_sizeinbase(base.get_den_mpz_t(), 2);
        if (abs(exponent) * size > largest)
          return false;
        if (is_integer(exponent))
          {
            result = integer_power(base, static_cast<int>(exponent.get_num().get_si()));
            return true;
          }
        if (base < 0 || exponent.get_den() != 2)
          return false;
        const Integer p = ::sqrt(base.get_num()), q = ::sqrt(base.get_den());
        if (p * p != base.get_num() || q * q != base.get_den())
          return false;
        result = integer_power(Rational(p, q), static_cast<int>(exponent.get_num().get_si()));
        return true;
      }

      /** Terms of a sum or factors of a product, like ones together. */
      using Collection = std::map<Expression, Rational, Order>;

      void
      add_term(const Expression e, const Rational &weight, Rational &constant, Collection &terms)
      {
        if (e->operation == Operation::number)
          constant += weight * e->number;
        else if (e->operation == Operation::sum && abs(weight) == 1)
          {
            constant += weight * e->number;
            for (std::size_t k = 0; k < e->arguments.size(); ++k)
              add_term(e->arguments[k], weight * e->weights[k], constant, terms);
          }
        else if (e->operation == Operation::product && e->number != 1)
          {
            Node rest            = *e;
            rest.number          = 1;
            const bool is_single = rest.arguments.size() == 1 && rest.weights[0] == 1;
            add_term(
              is_single ? rest.arguments[0] : shared(rest), weight * e->number, constant, terms);
          }
        else if ((terms[e] += weight) == 0)
          terms.erase(e);
      }

      void
      add_factor(const Expression e,
                 const Rational  &exponent,
                 Rational        &factor,
                 Collection      &factors)
      {
        Rational folded;
        if (e->operation == Operation::number && fold(e->number, exponent, folded))
          factor *= folded;
        else if (e->operation == Operation::product && is_integer(exponent) &&
                 (e->number == 1 || fold(e->number, exponent, folded)))
          {
            if (e->number != 1)
              factor *= folded;
            for (std::size_t k = 0; k < e->arguments.size(); ++k)
              add_factor(e->arguments[k], e->weights[k] * exponent, factor, factors);
          }
        else if (e->operation == Operation::product && e->number == 1 && e->arguments.size() == 1 &&
                 is_even(e->weights[0])) // sqrt(u^2) = |u|
          add_factor(operation(Operation::absolute, e->arguments[0]),
                     e->weights[0] * exponent,
                     factor,
                     factors);
        else if (e->operation == Operation::product && e->number == 1 && e->arguments.size() == 1 &&
                 !is_integer(e->weights[0])) // u >= 0
          add_factor(e->arguments[0], e->weights[0] * exponent, factor, factors);
        else if (e->operation == Operation::absolute && is_even(exponent))
          add_factor(e->arguments[0], exponent, factor, factors);
        else if ((factors[e] += exponent) == 0)
          factors.erase(e);
      }

      Expression
      collected(const Operation operation, const Rational &number, const Collection &collection)
      {
        Node node{operation, number, {}, {}};
        for (const auto &[e, weight] : collection)
          {
            node.arguments.push_back(e);
            node.weights.push_back(weight);
          }
        return shared(node);
      }

      /** Like terms may have become something that belongs elsewhere. */
      bool
      changes(const Expression e, const Rational &weight, const Operation operation)
      {
        Rational folded;
        if (operation == Operation::sum)
          return e->operation == Operation::sum && abs(weight) == 1;
        return (e->operation == Operation::number && fold(e->number, weight, folded)) ||
               (e->operation == Operation::product && is_integer(weight)) ||
               (e->operation == Operation::absolute && is_even(weight));
      }

      template <class Add>
      void
      settle(Rational &number, Collection &collection, const Operation operation, const Add &add)
      {
        for (bool is_settled = false; !is_settled;)
          {
            is_settled = true;
            for (const auto &[e, weight] : Collection(collection))
              if (changes(e, weight, operation))
                {
                  const Rational own = weight;
                  collection.erase(e);
                  add(e, own, number, collection);
                  is_settled = false;
                  break;
                }
          }
      }
    } // namespace

    int
    compare(const Expression a, const Expression b)
    {
      if (a == b)
        return 0;
      if (a->operation != b->operation)
        return a->operation < b->operation ? -1 : 1;
      if (a->arguments.size() != b->arguments.size())
        return a->arguments.size() < b->arguments.size() ? -1 : 1;
      for (std::size_t k = 0; k < a->arguments.size(); ++k)
        if (a->arguments[k] != b->arguments[k]) // then they differ: no other one is looked at
          return compare(a->arguments[k], b->arguments[k]);
      for (std::size_t k = 0; k < a->weights.size(); ++k)
        if (a->weights[k] != b->weights[k])
          return a->weights[k] < b->weights[k] ? -1 : 1;
      return a->number < b->number ? -1 : 1;
    }

    Expression
    shared(const Node &node)
    {
      static std::mutex                                          mutex;
      static std::deque<Node>                                    nodes;
      static std::unordered_multimap<std::size_t, const Node *> &table =
        *new std::unordered_multimap<std::size_t, const Node *>();
      const std::size_t                 key = hash(node);
      const std::lock_guard<std::mutex> lock(mutex);
      const auto                        range = table.equal_range(key);
      for (auto entry = range.first; entry != range.second; ++entry)
        if (is_same(*entry->second, node))
          return entry->second;
      nodes.push_back(node);
      return table.emplace(key, &nodes.back())->second;
    }

    Expression
    number(const Rational &value)
    {
      return shared({Operation::number, value, {}, {}});
    }

    Expression
    coordinate(const unsigned int i)
    {
      return shared({Operation::coordinate, i, {}, {}});
    }

    Expression
    sum(const Rational &constant, const std::vector<std::pair<Expression, Rational>> &terms)
    {
      Rational   total = constant;
      Collection collection;
      for (const auto &[e, weight] : terms)
        if (weight != 0)
          add_term(e, weight, total, collection);
      settle(total, collection, Operation::sum, add_term);
      if (collection.empty())
        return number(total);
      if (total == 0 && collection.size() == 1)
        return product(collection.begin()->second, {{collection.begin()->first, 1}});
      return collected(Operation::sum, total, collection);
    }

    Expression
    product(const Rational &factor, const std::vector<std::pair<Expression, Rational>> &powers)
    {
      Rational   total = factor;
      Collection collection;
      for (const auto &[e, exponent] : powers)
        if (exponent != 0)
          add_factor(e, exponent, total, collection);
      settle(total, collection, Operation::product, add_factor);
      if (collection.empty() || total == 0)
        return number(total);
      const auto &[e, exponent] = *collection.begin();
      const bool is_single      = collection.size() == 1 && exponent == 1;
      if (is_single && total == 1)
        return e;
      if (is_single && total == -1 && e->operation == Operation::sum)
        return sum(0, {{e, -1}});
      return collected(Operation::product, total, collection);
    }

    Expression
    power(const Expression base, const Expression exponent)
    {
      if (exponent->operation == Operation::number)
        return to_power(base, exponent->number);
      if (is_number(base, 1))
        return base;
      return shared({Operation::power, 0, {base, exponent}, {}});
    }
  } // namespace formulas
} // namespace dynkin
