#!/usr/bin/env bash
# The one door: ./build.sh VERB [options]. Everything it does is C# in tools/Build; ./build.sh --help lists the verbs.
set -eu
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

if ! command -v dotnet >/dev/null || ! dotnet --list-sdks | grep -q '^10\.'; then
    echo "Bootlace needs the .NET 10 SDK, and 'dotnet --list-sdks' does not show one." >&2
    echo "Install it (Debian/Ubuntu: package dotnet-sdk-10.0 of the .NET package feed) and run this again." >&2
    exit 2
fi

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
if [ ! -x "$root/artifacts/host/bin/Build/debug/Bootlace.Build" ]; then
    echo "Building the door itself (once) ..." >&2
fi
if ! output=$(dotnet msbuild "$root/tools/Build/Build.csproj" -restore -nologo -verbosity:quiet 2>&1); then
    printf '%s\n' "$output" >&2
    exit 1
fi
exec "$root/artifacts/host/bin/Build/debug/Bootlace.Build" "$@"
