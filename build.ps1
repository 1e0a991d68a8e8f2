# The one door on Windows: .\build.ps1 VERB [options]. Everything it does is C# in tools/Build.
$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $MyInvocation.MyCommand.Path

$sdks = if (Get-Command dotnet -ErrorAction SilentlyContinue) { dotnet --list-sdks } else { @() }
if (-not ($sdks | Where-Object { $_ -match '^10\.' })) {
    Write-Host "Bootlace needs the .NET 10 SDK, and 'dotnet --list-sdks' does not show one."
    Write-Host "Install it and run this again."
    exit 2
}

$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_CLI_UI_LANGUAGE = 'en'
$output = dotnet msbuild "$root/tools/Build/Build.csproj" -restore -nologo '-verbosity:quiet'
if ($LASTEXITCODE -ne 0) { $output; exit 1 }
dotnet "$root/artifacts/host/bin/Build/debug/Bootlace.Build.dll" @args
exit $LASTEXITCODE
