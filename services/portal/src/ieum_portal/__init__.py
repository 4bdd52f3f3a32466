"""The desk: what needs me today, one partner, the network around it."""
