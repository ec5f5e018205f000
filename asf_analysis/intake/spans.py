"""Rows that run from one day to another: enterprises, memberships, supervised places."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd


def running_on(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    """Give the rows that run on a day: started by then and not yet ended; the last day counts.

    Needs `started_on` and `ended_on`; a missing end has not come yet.

    >>> register = pd.DataFrame({"started_on": pd.to_datetime(["2017-01-01", "2018-07-01"]),
    ...                          "ended_on": pd.to_datetime(["2018-06-30", None])})
    >>> len(running_on(register, date(2018, 6, 30))), len(running_on(register, date(2018, 7, 1)))
    (1, 1)
    """
    moment = np.datetime64(day)
    started, ended = (rows[name].to_numpy(dtype="datetime64[us]") for name in ("started_on", "ended_on"))
    return rows[(started <= moment) & ~(ended < moment)]
