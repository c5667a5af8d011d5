@echo off
rem The launcher for Windows: finds Java 17 or newer, builds in a checkout when nothing is built yet, runs the command.
setlocal enabledelayedexpansion
set "ROOT=%~dp0"
set "ROOT=%ROOT:~0,-1%"
set "JAVA="
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
if not defined JAVA for %%J in (java.exe) do if not "%%~$PATH:J"=="" set "JAVA=%%~$PATH:J"
if not defined JAVA for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\jdk-*" "%ProgramFiles%\Java\jdk-*" "%ProgramFiles%\Microsoft\jdk-*") do if exist "%%~D\bin\java.exe" set "JAVA=%%~D\bin\java.exe"
if not defined JAVA (
  echo efferent: Java 17 or newer was not found; install a JDK or point JAVA_HOME at it. 1>&2
  exit /b 5
)
set "MAJOR=0"
for /f tokens^=2^ delims^=^" %%V in ('""%JAVA%" -version 2^>^&1" ^| findstr /i version') do for /f "delims=.-+ tokens=1" %%M in ("%%V") do set "MAJOR=%%M"
if %MAJOR% LSS 17 (
  echo efferent: Java 17 or newer was not found; "%JAVA%" is Java %MAJOR%. 1>&2
  exit /b 5
)
set "DIST=%ROOT%"
if exist "%ROOT%\pom.xml" (
  set "DIST=%ROOT%\cli\target\dist"
  if not exist "!DIST!\built" (
    echo efferent: building, without tests; the first build downloads its libraries ... 1>&2
    call mvn -B -q -f "%ROOT%\pom.xml" -pl cli -am -DskipTests -Dspotless.check.skip=true -Djacoco.skip=true package 1>&2 || exit /b 1
    echo built> "!DIST!\built"
  )
)
set "ORT_DISABLE_TELEMETRY=1"
set "FLAGS=-Djava.net.preferIPv4Stack=true"
if %MAJOR% GEQ 24 set "FLAGS=%FLAGS% --enable-native-access=ALL-UNNAMED"
set "CLASSES=%DIST%\lib\*"
if "%~1"=="cohort" if exist "%DIST%\spark\jars" (
  set "SPARK_HOME=%DIST%\spark"
  set "CLASSES=%DIST%\lib\*;%DIST%\spark\jars\*"
  for %%O in (lang lang.invoke lang.reflect io net nio util util.concurrent util.concurrent.atomic) do set "FLAGS=!FLAGS! --add-opens=java.base/java.%%O=ALL-UNNAMED"
  for %%O in (java.base/jdk.internal.ref java.base/sun.nio.ch java.base/sun.nio.cs java.base/sun.security.action java.base/sun.util.calendar java.security.jgss/sun.security.krb5) do set "FLAGS=!FLAGS! --add-opens=%%O=ALL-UNNAMED"
  if %MAJOR% GEQ 24 set "FLAGS=!FLAGS! --sun-misc-unsafe-memory-access=allow"
  set "FLAGS=!FLAGS! -Dio.netty.tryReflectionSetAccessible=true -Dslf4j.provider=org.slf4j.nop.NOPServiceProvider -Dslf4j.internal.verbosity=ERROR"
)
"%JAVA%" %FLAGS% "-Defferent.home=%ROOT%" %EFFERENT_OPTS% -cp "%CLASSES%" org.efferent.cli.Main %*
exit /b %ERRORLEVEL%
