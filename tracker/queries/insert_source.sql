INSERT INTO source (key, url, official) VALUES (:key, :url, :official)
