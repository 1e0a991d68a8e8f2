/* How the library asks what the processor can do on arm64; answered in shim.c. */
#pragma once
#define AT_HWCAP 16
unsigned long getauxval(unsigned long kind);
