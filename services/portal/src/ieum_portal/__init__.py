"""The desk: what needs me today, one partner, one agreement, the map."""
