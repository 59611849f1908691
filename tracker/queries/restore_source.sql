INSERT INTO source (key, url, publisher, title, published_on, official, archived_url)
VALUES (:key, :url, :publisher, :title, :published_on, :official, :archived_url)
