#!/usr/bin/env bash
# Kills short runs with SIGKILL, goes on with them, and compares every file with those of a run that was never killed, byte for byte.
#   tests/kill.sh [KILLS] [SEED]      KILLS: how many at random moments, 200 if not given; as many more, at most, at renames
# Three experiments take turns: a run with evaluations, one of two phases, and a sweep of two runs. Random moments are of three kinds: any, while a checkpoint is written, and
# within an evaluation. Then each is killed at its renames, all of them where KILLS allows that (tests/kill-at-rename.c): a rename is where a file comes to be.
# tests/kill-exceptions.txt lists the files that may differ, each with its reason. Needs hosts/Rils.Cli built in Release, and a C compiler.
set -euo pipefail
cd "$(dirname "$0")/.."
kills=${1:-200}
RANDOM=${2:-1}
rils=$PWD/hosts/Rils.Cli/bin/Release/net10.0/rils
exceptions=$PWD/tests/kill-exceptions.txt
export OMP_NUM_THREADS=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc -shared -fPIC -o "$work/kill-at-rename.so" tests/kill-at-rename.c -ldl || { echo "FAILED: no C compiler: install one (apt-get install gcc libc6-dev)"; exit 1; }

small='
[data]
batch = 8
image = 32
[backbone]
width = 16
depth = 1
heads = 2
[text]
width = 16
depth = 1
heads = 2
[space]
dim = 16
[schedule]
warmup_steps = 2
[checkpoint]
every = 3
keep = 2'

cat > "$work/run.toml" <<TOML
extends = "$PWD/experiments/quickstart.toml"
name    = "run"
steps   = 24
$small
[[head]]
kind  = "retrieval"
data  = "$PWD/experiments/data/clipart-mini/val-*.tar"
every = 6
TOML
cat > "$work/phases.toml" <<TOML
extends = "$PWD/experiments/quickstart.toml"
name    = "phases"
steps   = 10
$small
[[arm]]
name      = "mae"
masking   = { kind = "random" }
decoder   = { kind = "mae", depth = 1 }
target    = { kind = "pixel" }
objective = "none"
[[arm]]
name = "lit"
init = { from = "mae", parts = ["backbone"], freeze = ["backbone"] }
[[arm]]
name = "rils"
masking = "none"
decoder = "none"
target  = "none"
init = { from = "lit" }
TOML
cat > "$work/sweep.toml" <<TOML
extends = "$PWD/experiments/quickstart.toml"
name    = "sweep"
steps   = 8
$small
[sweep]
data.batch = [4, 8]
TOML
experiments=(run phases sweep)

fail() { echo "FAILED: $1"; [ -e "$work/log" ] && tail -20 "$work/log"; exit 1; }

# The command that begins an experiment in a folder, or goes on there. A run that died before it held its folder begins anew; a sweep is always the same command.
begin() {
  local name=$1 folder=$2
  if [ "$name" = sweep ] || [ ! -e "$folder" ]; then command=(--out "$folder")
  elif [ -e "$folder/run.lock" ]; then command=(--resume "$folder")
  else rm -rf "$folder"; command=(--out "$folder"); fi
  command=("$rils" run "$work/$name.toml" "${command[@]}")
}

finish() {
  begin "$1" "$2"
  "${command[@]}" > "$work/log" 2>&1 || fail "exit code $? of ${command[*]} after $3"
  compare "$1" "$2" "$3"
}

excepted() {
  local pattern reason
  while IFS=$'\t' read -r pattern reason; do
    [[ $pattern != \#* && $1 == $pattern ]] && return 0
  done < "$exceptions"
  return 1
}

compare() {
  local whole=$work/whole-$1 folder=$2 file
  while read -r file; do
    excepted "$file" && continue
    [ -e "$whole/$file" ] || fail "$1: $file is left over after $3"
    cmp -s "$whole/$file" "$folder/$file" || fail "$1: $file differs after $3"
  done < <(cd "$folder" && find . -type f | sed 's|^\./||' | sort)
  while read -r file; do
    excepted "$file" || [ -e "$folder/$file" ] || fail "$1: $file is missing after $3"
  done < <(cd "$whole" && find . -type f | sed 's|^\./||' | sort)
}

declare -A took renamed
for name in "${experiments[@]}"; do
  began=$(date +%s%3N)
  begin "$name" "$work/whole-$name"
  "${command[@]}" > "$work/log" 2>&1 || fail "$name cannot be run"
  took[$name]=$(($(date +%s%3N) - began)) # milliseconds
done

evaluations() { grep -c evaluating "$work/log" || true; }

# Until a moment to kill at: a time, from before the plugins are loaded to beyond the end, then for two of three moments something that has begun by then or later.
moment() {
  local process=$1 folder=$2 limit=$3
  timeout "$((limit / 1000)).$(printf %03d $((limit % 1000)))" tail --pid="$process" -f /dev/null && return
  case $((RANDOM % 3)) in
    0) for _ in $(seq 2000); do [ -n "$(find "$folder" -name '*.unfinished' 2> /dev/null)" ] && break; kill -0 "$process" 2> /dev/null || break; done ;;
    1) local seen; seen=$(evaluations)
       for _ in $(seq 500); do [ "$(evaluations)" != "$seen" ] && break; kill -0 "$process" 2> /dev/null || break; sleep 0.01; done ;;
  esac
}

finished=0 done_kills=0 number=0
while ((done_kills < kills)); do
  name=${experiments[number % 3]} folder=$work/killed-$((number++)) killed=0
  while ((done_kills < kills)); do
    begin "$name" "$folder"
    "${command[@]}" > "$work/log" 2>&1 &
    process=$!
    moment $process "$folder" $((took[$name] / 6 + RANDOM % took[$name]))
    if ! kill -KILL $process 2> /dev/null; then
      wait $process || fail "exit code $? of ${command[*]} after $killed kills"
      break
    fi
    wait $process 2> /dev/null || true
    killed=$((killed + 1)) done_kills=$((done_kills + 1))
  done
  finish "$name" "$folder" "$killed kills"
  finished=$((finished + 1))
  rm -rf "$folder"
done

at_renames=0
for name in "${experiments[@]}"; do
  folder=$work/renamed
  begin "$name" "$folder"
  LD_PRELOAD=$work/kill-at-rename.so RILS_RENAMES=$work/renames-$name "${command[@]}" > "$work/log" 2>&1 || fail "$name cannot be run with renames counted"
  rm -rf "$folder"
  mapfile -t files < "$work/renames-$name"
  renamed[$name]=${#files[@]}
  ((${#files[@]} > 10)) || fail "$name renames only ${#files[@]} files"
  share=$((kills / 3 > 0 ? kills / 3 : 1))
  every=$(((${#files[@]} + share - 1) / share))
  for ((at = RANDOM % every; at < ${#files[@]}; at += every)); do
    begin "$name" "$folder"
    LD_PRELOAD=$work/kill-at-rename.so RILS_KILL_AT=$((at + 1)) "${command[@]}" > "$work/log" 2>&1 &
    wait $! 2> /dev/null && fail "$name was not killed as ${files[at]} came to be"
    finish "$name" "$folder" "a kill as ${files[at]} came to be"
    at_renames=$((at_renames + 1))
    rm -rf "$folder"
  done
done
echo "$done_kills kills at random moments in $finished runs, $at_renames at renames (there are ${renamed[run]} of a run, ${renamed[phases]} of phases, ${renamed[sweep]} of a sweep):" \
  "every run ended with the bytes of the uninterrupted one"
