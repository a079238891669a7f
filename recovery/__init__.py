"""The recovery plan: workstreams, risks, outcomes, equality, consultations. Its apps come with the plan."""
