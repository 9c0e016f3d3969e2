# Makes `fovea watch` a scheduled task of the user who calls this: started at logon, started again where it ends.
#
#   powershell -ExecutionPolicy Bypass -File fovea-watch.ps1 -Fovea C:\fovea\.venv\Scripts\fovea.exe
#   powershell -ExecutionPolicy Bypass -File fovea-watch.ps1 -Remove
#
# THIS SCRIPT HAS NOT BEEN RUN, and Fovea itself has not been run on Windows: inotify, leases and the locks of the home are
# those of Linux. It shows what a task would have to say.
param(
    [string]$Fovea = "fovea.exe",
    [string]$Config = "",
    [switch]$Remove
)

$ErrorActionPreference = "Stop"
$name = "Fovea watch"

if ($Remove) {
    Unregister-ScheduledTask -TaskName $name -Confirm:$false
    return
}

$program = (Get-Command $Fovea).Source
$arguments = if ($Config) { "watch --config `"$Config`"" } else { "watch" }
$action = New-ScheduledTaskAction -Execute $program -Argument $arguments
$trigger = New-ScheduledTaskTrigger -AtLogOn -User $env:USERNAME
$settings = New-ScheduledTaskSettingsSet `
    -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) `
    -ExecutionTimeLimit (New-TimeSpan -Seconds 0) `
    -MultipleInstances IgnoreNew `
    -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
$principal = New-ScheduledTaskPrincipal -UserId $env:USERNAME -LogonType Interactive -RunLevel Limited

Register-ScheduledTask -TaskName $name -Action $action -Trigger $trigger -Settings $settings -Principal $principal -Force
Start-ScheduledTask -TaskName $name
