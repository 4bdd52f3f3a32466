"""부서: who answers for agreements in the city."""
