/**
 * The script for bash. It takes the words from the line itself, since bash splits them at `=` and `:`, asks `docker __completeNoDesc`
 * for candidates, and takes off what bash has for a word of its own. The number at the end is cobra's directive.
 */
export const BASH_SCRIPT = `# bash completion for docker: load it with "source <(docker completion bash)".
_docker_complete() {
    local line=\${COMP_LINE:0:COMP_POINT} last answer directive head candidate
    local -a typed
    COMPREPLY=()
    read -ra typed <<< "$line"
    [[ $line == *[[:space:]] ]] && typed+=('')
    answer=$("\${typed[0]}" __completeNoDesc "\${typed[@]:1}" 2> /dev/null) || return 0
    directive=\${answer##*:}
    answer=\${answer%:*}
    (( directive & 1 )) && return 0
    last=\${typed[\${#typed[@]}-1]}
    # Of --flag=value the value alone is completed.
    [[ $last == -*=* ]] && last=\${last#*=}
    if (( directive & 8 )); then
        for candidate in $answer; do
            COMPREPLY+=($(compgen -f -X "!*.$candidate" -- "$last"))
        done
        COMPREPLY+=($(compgen -d -- "$last"))
        return 0
    fi
    if (( directive & 16 )); then
        COMPREPLY=($(compgen -d -- "$last"))
        return 0
    fi
    head=\${COMP_WORDS[COMP_CWORD]}
    [[ $head == [=:] ]] && head=
    head=\${last%"$head"}
    while IFS= read -r candidate; do
        [[ -n $candidate && $candidate == "$last"* ]] && COMPREPLY+=("\${candidate#"$head"}")
    done <<< "$answer"
    (( directive & 2 )) && compopt -o nospace 2> /dev/null
    (( directive & 4 )) && compopt +o default 2> /dev/null
    return 0
}
complete -o default -F _docker_complete docker
`;
