import CairnCommands
import Glibc

exit(await CairnMain.run())
