SELECT slug, unit FROM deadline
