"""The engine of `make up`, which plans each text once.

Every test empties the graph and fills it anew, so that Neo4j found the plans of the test before out
of date each time: planning was most of what the tests of questions cost.
"""

from ieum_engine import app, server

server.SETTINGS["dbms.cypher.min_replan_interval"] = "6h"
raise SystemExit(app.main())
