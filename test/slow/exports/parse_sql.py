"""Reads {"dialect", "sql"} per line; prints per line what a dialect's grammar makes of it: the kinds of its statements."""

import json
import sys

import sqlglot
from sqlglot.errors import ErrorLevel

NAMES = {"postgresql": "postgres", "sqlserver": "tsql"}

for line in sys.stdin:
    asked = json.loads(line)
    dialect = NAMES.get(asked["dialect"], asked["dialect"])
    try:
        statements = sqlglot.parse(asked["sql"], read=dialect, error_level=ErrorLevel.RAISE)
        found = [type(statement).__name__ for statement in statements if statement is not None]
    except sqlglot.errors.SqlglotError as error:
        found = [str(error)[:300]]
    print(json.dumps({"version": sqlglot.__version__, "statements": found}), flush=True)
