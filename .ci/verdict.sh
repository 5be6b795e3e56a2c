#!/usr/bin/env bash
# Says what a log of `dotnet test` amounts to, in one line over all test projects, and fails where that is no proof: no test at all, a failed one, or one that was skipped
# where it must run: without the shared data, a test may be skipped for a reason in .ci/skips.txt; golden cases of a kind that nothing tests yet are listed, and no failure.
#   .ci/verdict.sh LOG [SHARED]      SHARED: whether the project's shared data is at hand (yes or no), which some tests need
set -euo pipefail
log=$1 shared=${2:-yes}
here=$(dirname "$0")

# Each project ends with "     Passed: 755" and the like.
read -r passed failed skipped < <(awk '/^ +Passed: /{p += $2} /^ +Failed: /{f += $2} /^ +Skipped: /{s += $2} END {print p + 0, f + 0, s + 0}' "$log")
status=0
((passed > 0)) || { echo "no test has passed: is the README's test command still there, and does it run tests?"; status=1; }
((failed == 0)) || status=1

# xunit says "NAME [SKIP]" on a line of its own, and the reason on the next.
unexpected=$skipped
while IFS=$'\t' read -r name reason; do
  if [[ $reason == "no test asks for golden cases of the kind "* ]]; then unexpected=$((unexpected - 1)); echo "skipped: $name: $reason"
  elif [ "$shared" = no ] && grep -qxF -- "$reason" "$here/skips.txt"; then unexpected=$((unexpected - 1)); else echo "skipped: $name: $reason"; fi
done < <(awk '/^\[xUnit\.net / {sub(/^\[[^]]*\] */, ""); if (name) print name "\t" $0; name = sub(/ \[SKIP\]$/, "") ? $0 : ""}' "$log")
((unexpected <= 0)) || { echo "$unexpected skipped that must run here"; status=1; }
echo "$passed passed, $failed failed, $skipped skipped"
exit $status
