INSERT INTO users (display_name, handle, email, cognito_user_id)
VALUES ('Andrew Brown', 'andrewbrown', 'andrewbrown@example.com', 'MOCK-andrewbrown'),
       ('Alt Brown', 'altbrown', 'altbrown@example.com', 'MOCK-altbrown'),
       ('Andrew Bayko', 'bayko', 'bayko@example.com', 'MOCK-bayko'),
       ('Londo Mollari', 'londo', 'londo@example.com', 'MOCK-londo');

INSERT INTO activities (user_uuid, message, created_at, expires_at)
SELECT uuid, 'The cloud is just somebody else''s traces.', now() - interval '1 hour', now() + interval '10 days'
FROM users WHERE handle = 'andrewbrown';

INSERT INTO activities (user_uuid, message, created_at, expires_at)
SELECT uuid, 'This crud will be gone in ten days.', now() - interval '2 hours', now() + interval '10 days'
FROM users WHERE handle = 'bayko';
