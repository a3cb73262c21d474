import Glibc

exit(await AgentProgram().run())
