#!/bin/sh
# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

# usage: run_all.sh DYNKIN_EXECUTABLE SCRATCH_DIRECTORY
#
# Runs dynkin on every *.prm beside this script, and with wrong command lines. Each run must end
# with status 1, print one line that contains every phrase expected (`# EXPECT: phrase` in the
# file), and leave the scratch directory empty.

executable=$1
scratch=$2
here=$(cd "$(dirname "$0")" && pwd)
number=0
failures=0

rm -rf "$scratch" && mkdir -p "$scratch/empty" && cd "$scratch/empty" || exit 1

# expect NAME PHRASES ARGUMENTS...: PHRASES are separated by newlines.
expect()
{
  name=$1 phrases=$2
  shift 2
  number=$((number + 1))
  wrong=
  timeout 60 "$executable" "$@" >/dev/null 2>../stderr
  status=$?
  [ $status -eq 1 ] || wrong="$wrong; exit status $status"
  [ "$(wc -l <../stderr)" -eq 1 ] || wrong="$wrong; not one line of error text"
  [ -z "$(ls -A .)" ] || wrong="$wrong; something was written"
  while IFS= read -r phrase; do
    grep -qF -- "$phrase" ../stderr || wrong="$wrong; lacks \"$phrase\""
  done <<EOF
$phrases
EOF
  printf '%-6s %-28s %s\n' "${wrong:+WRONG}" "$name" "$(cat ../stderr)"
  if [ -n "$wrong" ]; then
    echo "       ^^^ ${wrong#; }"
    failures=$((failures + 1))
    find . -mindepth 1 -delete
  fi
}

for file in "$here"/*.prm; do
  phrases=$(LC_ALL=C sed -n 's/^# EXPECT: //p' "$file")
  [ -n "$phrases" ] || { echo "$file: no '# EXPECT:' line"; failures=$((failures + 1)); }
  expect "$(basename "$file")" "$phrases" "$file"
done

good=$here/../../params/examples/exit_disk.prm
expect "no argument" "a parameter file is missing"
expect "options only" "a parameter file is missing" --check
expect "unknown option" "unknown option '--fast'" --fast "$good"
expect "two files" "needs one parameter file" "$good" other.prm
expect "--set without value" "--set needs 'SECTION/ENTRY=VALUE'" "$good" --set
expect "--set without =" "needs 'SECTION/ENTRY=VALUE'" "$good" --set "Model/learning rate"
expect "--set unknown entry" "did you mean Model/learning rate?" "$good" --set "Model/learning rat=1"
expect "--set bad value" "--set Model/learning rate = '-1': needs a number > 0" \
  "$good" --set "Model/learning rate=-1"
expect "--set twice" "needs to be set once" \
  "$good" --set "Model/learning rate=1" --set "Model/learning rate=2"
expect "--output without value" "--output needs a directory" "$good" --output
expect "--output twice" "--output needs to be given once" "$good" --output a --output b
expect "--output a file" "'/dev/null' is a file" "$good" --output /dev/null/results
expect "--print-parameters format" "needs markdown or nothing" --print-parameters html
expect "missing file" "no_such_file.prm: cannot be read" no_such_file.prm
expect "directory as file" "this is a directory" "$here"

echo "$number mistakes, $failures not reported as they should be"
[ $failures -eq 0 ]
