"""The verbs: follow, plan, dispatch, preview, explain."""
