CREATE TABLE users (
    uuid            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    display_name    text NOT NULL,
    handle          text NOT NULL UNIQUE,
    email           text NOT NULL,
    cognito_user_id text NOT NULL UNIQUE,
    bio             text,
    created_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE activities (
    uuid                   uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_uuid              uuid NOT NULL REFERENCES users,
    message                text NOT NULL,
    replies_count          integer NOT NULL DEFAULT 0,
    reposts_count          integer NOT NULL DEFAULT 0,
    likes_count            integer NOT NULL DEFAULT 0,
    reply_to_activity_uuid uuid REFERENCES activities,
    expires_at             timestamptz,
    created_at             timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX activities_newest_first ON activities (created_at DESC);
CREATE INDEX activities_of_user ON activities (user_uuid, created_at DESC);
CREATE INDEX activities_replies ON activities (reply_to_activity_uuid, created_at);
