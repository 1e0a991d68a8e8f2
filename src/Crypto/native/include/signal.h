/* Empty: it is asked for where the processor's abilities could be found out by trap; shim.c reads a register. */
#pragma once
