"""What stands between a request and the house: request context, refusals, error pages, the JSON API."""
