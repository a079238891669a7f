"""Papers of meetings from before the portal: imported by board and date, found and linked as the rest."""
