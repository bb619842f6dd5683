INSERT INTO item VALUES (1, 'rope'), (2, 'anchor');
