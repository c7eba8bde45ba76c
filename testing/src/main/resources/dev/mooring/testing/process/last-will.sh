# Reads what must not outlive the JVM that started this shell, one entry a line, and ends it when that JVM is gone: then, and
# however it died, the input ends.
#   process PID START SIGNAL    PID is still the same process if it started at START (clock ticks, field 22 of /proc/PID/stat)
#   directory PATH
trap '' HUP INT TERM

is_same() {
    if [ ! -d /proc/self ]; then kill -0 "$1"; return; fi
    read -r line < "/proc/$1/stat" || return 1
    wanted=$2
    set -- ${line##*) }
    [ "$1" != Z ] && [ "${20}" = "$wanted" ]
}

# The process and everything below it, into $tree.
find_tree() {
    tree=" $1 "
    grown=yes
    while [ "$grown" = yes ]; do
        grown=no
        for stat in /proc/[0-9]*/stat; do
            read -r line < "$stat" || continue
            pid=${line%% *}
            after_name=${line##*) }
            after_state=${after_name#* }
            parent=${after_state%% *}
            case $tree in *" $pid "*) continue ;; esac
            case $tree in *" $parent "*) tree="$tree$pid "; grown=yes ;; esac
        done
    done
}

end_process() {
    is_same "$1" "$2" || return
    find_tree "$1"
    kill -s CONT $tree
    kill -s "$3" "$1"
    patience=50
    while is_same "$1" "$2" && [ "$patience" -gt 0 ]; do
        sleep 0.1
        patience=$((patience - 1))
    done
    kill -s KILL $tree
}

# A PostgreSQL that was killed leaves a little shared memory; its pid file says which.
remove_shared_memory() {
    for file in "$1"/*/data/postmaster.pid; do
        [ ! -f "$file" ] || ipcrm -m "$(sed -n '7s/.* //p' "$file")"
    done
}

entries=
while IFS= read -r entry; do
    entries="$entries$entry
"
done

printf %s "$entries" | while read -r word value; do
    [ "$word" = process ] && end_process $value
done
printf %s "$entries" | while read -r word value; do
    [ "$word" = directory ] || continue
    remove_shared_memory "$value"
    rm -rf "$value"
done
