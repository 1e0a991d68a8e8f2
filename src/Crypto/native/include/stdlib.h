/* Memory goes through the hooks of shim.h. */
#pragma once
#include <stddef.h>
