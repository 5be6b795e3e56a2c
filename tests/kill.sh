#!/usr/bin/env bash
# Kills short runs at random moments with SIGKILL, resumes them, and compares with a run that was never killed, byte for byte.
#   tests/kill.sh [KILLS] [SEED]      KILLS: how many, 200 if not given
# Needs hosts/Rils.Cli built in Release.
set -euo pipefail
cd "$(dirname "$0")/.."
kills=${1:-200}
RANDOM=${2:-1}
rils=$PWD/hosts/Rils.Cli/bin/Release/net10.0/rils
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/short.toml" <<TOML
extends = "$PWD/experiments/quickstart.toml"
name    = "short"
steps   = 40
checkpoint = { every = 1, keep = 2 }
TOML
sets=(--set data.batch=8 --set data.image=32 --set backbone.width=16 --set backbone.depth=1 --set backbone.heads=2 --set text.width=16
      --set text.depth=1 --set text.heads=2 --set space.dim=16 --set schedule.warmup_epochs=0.01 --set head=none)

run() { OMP_NUM_THREADS=1 "$rils" run "$work/short.toml" "${sets[@]}" "$@"; }

began=$(date +%s%3N)
run --out "$work/whole" > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
took=$(($(date +%s%3N) - began)) # milliseconds

compare() {
  for file in results.json seed-0/metrics.jsonl seed-0/rils/model.safetensors seed-0/clip/model.safetensors; do
    cmp "$work/whole/$file" "$1/$file" || { echo "FAILED: $file differs after $2 kills"; exit 1; }
  done
  diff -r "$work/whole/seed-0/rils/gallery" "$1/seed-0/rils/gallery" || { echo "FAILED: the pictures differ after $2 kills"; exit 1; }
}

done_kills=0 finished=0 number=0
while (( done_kills < kills )); do
  folder=$work/run-$((number++))
  killed=0
  while :; do
    [ -e "$folder/run.lock" ] && arguments=(--resume "$folder") || { rm -rf "$folder"; arguments=(--out "$folder"); }
    run "${arguments[@]}" > "$work/log" 2>&1 &
    process=$!
    limit=$((took / 6 + RANDOM % took)) # milliseconds: from before the plugins are loaded to beyond the end, however busy the machine is
    if timeout "$((limit / 1000)).$(printf %03d $((limit % 1000)))" tail --pid=$process -f /dev/null; then
      wait $process || { echo "FAILED: exit code $? after $killed kills"; cat "$work/log"; exit 1; }
      break
    fi
    # Most kills fall at random; every third waits for a checkpoint that is being written.
    if (( RANDOM % 3 == 0 )); then
      for _ in $(seq 2000); do compgen -G "$folder/seed-0/checkpoints/*.unfinished" > /dev/null && break; kill -0 $process 2>/dev/null || break; done
    fi
    pkill -KILL -P $process 2>/dev/null || true
    kill -KILL $process 2>/dev/null || true
    wait $process 2>/dev/null || true
    killed=$((killed + 1)) done_kills=$((done_kills + 1))
    (( done_kills >= kills )) && { run --resume "$folder" > "$work/log" 2>&1 || run --out "$folder" > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }; break; }
  done
  compare "$folder" "$killed"
  finished=$((finished + 1))
  rm -rf "$folder"
done
echo "$done_kills kills in $finished runs: every run ended with the bytes of the uninterrupted one"
