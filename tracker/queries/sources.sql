SELECT key, title, publisher, url, published_on, official FROM source ORDER BY id
