# The failed tests of a log of `dotnet test`: name, message, the first lines of the stack. What follows a test's block ends it.
/^  (Passed|Skipped) / || /^(Test Run |Total tests:|Results File:|Passed!|Failed!)/ { part = "" }
/^\[xUnit\.net / { next }
/^  Failed .* \[[^]]*\]$/ { print; part = "message"; lines = 0; next }
part == "" { next }
/^  Stack Trace:$/ { part = "stack"; lines = 0 }
/^  Standard (Output|Error) Messages:$/ { part = ""; next }
++lines <= (part == "stack" ? 4 : 20)
