/* The part of struct tm that certificates need. */
#pragma once

struct tm
{
    int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year;
};
