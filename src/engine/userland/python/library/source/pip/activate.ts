/** What a virtual environment has in `bin` for the shells. `@DIR@`, `@NAME@` and `@SHOWN@` are filled in when one is made. */
export const SOURCE = String.raw`
_ACTIVATE = r'''# To be read by a shell: ". @DIR@/bin/activate"

deactivate () {
    if [ -n "${'$'}{_OLD_VIRTUAL_PATH:-}" ]; then
        PATH="$_OLD_VIRTUAL_PATH"
        export PATH
        unset _OLD_VIRTUAL_PATH
    fi
    if [ -n "${'$'}{_OLD_VIRTUAL_PYTHONHOME:-}" ]; then
        PYTHONHOME="$_OLD_VIRTUAL_PYTHONHOME"
        export PYTHONHOME
        unset _OLD_VIRTUAL_PYTHONHOME
    fi
    hash -r 2>/dev/null
    if [ -n "${'$'}{_OLD_VIRTUAL_PS1:-}" ]; then
        PS1="$_OLD_VIRTUAL_PS1"
        export PS1
        unset _OLD_VIRTUAL_PS1
    fi
    unset VIRTUAL_ENV
    unset VIRTUAL_ENV_PROMPT
    if [ "${'$'}{1:-}" != nondestructive ]; then
        unset -f deactivate
    fi
}

# Whatever another environment has left.
deactivate nondestructive

VIRTUAL_ENV="@DIR@"
export VIRTUAL_ENV
VIRTUAL_ENV_PROMPT="@SHOWN@"
export VIRTUAL_ENV_PROMPT

_OLD_VIRTUAL_PATH="$PATH"
PATH="$VIRTUAL_ENV/bin:$PATH"
export PATH

if [ -n "${'$'}{PYTHONHOME:-}" ]; then
    _OLD_VIRTUAL_PYTHONHOME="$PYTHONHOME"
    unset PYTHONHOME
fi

if [ -z "${'$'}{VIRTUAL_ENV_DISABLE_PROMPT:-}" ]; then
    _OLD_VIRTUAL_PS1="${'$'}{PS1:-}"
    PS1="(@NAME@) ${'$'}{PS1:-}"
    export PS1
fi

hash -r 2>/dev/null
'''

_FISH = r'''# To be read by fish: "source @DIR@/bin/activate.fish"

function deactivate -d "Leave the virtual environment"
    if set -q _OLD_VIRTUAL_PATH
        set -gx PATH $_OLD_VIRTUAL_PATH
        set -e _OLD_VIRTUAL_PATH
    end
    set -e VIRTUAL_ENV
    set -e VIRTUAL_ENV_PROMPT
    if test "$argv[1]" != nondestructive
        functions -e deactivate
    end
end

deactivate nondestructive
set -gx VIRTUAL_ENV "@DIR@"
set -gx VIRTUAL_ENV_PROMPT "@SHOWN@"
set -gx _OLD_VIRTUAL_PATH $PATH
set -gx PATH "$VIRTUAL_ENV/bin" $PATH
'''

_CSH = r'''# To be read by csh: "source @DIR@/bin/activate.csh"

alias deactivate 'setenv PATH "$_OLD_VIRTUAL_PATH"; unset _OLD_VIRTUAL_PATH; rehash; unsetenv VIRTUAL_ENV; unalias deactivate'
setenv VIRTUAL_ENV "@DIR@"
setenv VIRTUAL_ENV_PROMPT "@SHOWN@"
set _OLD_VIRTUAL_PATH="$PATH"
setenv PATH "$VIRTUAL_ENV/bin:$PATH"
set prompt = "(@NAME@) $prompt"
rehash
'''

_POWERSHELL = r'''# To be run by PowerShell: "@DIR@/bin/Activate.ps1"
$Env:VIRTUAL_ENV = Split-Path -Parent $PSScriptRoot
$Env:VIRTUAL_ENV_PROMPT = "@NAME@"
$Env:PATH = "$PSScriptRoot$([System.IO.Path]::PathSeparator)$Env:PATH"
'''

`;
