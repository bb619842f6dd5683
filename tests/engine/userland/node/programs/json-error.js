JSON.parse("{bad")
