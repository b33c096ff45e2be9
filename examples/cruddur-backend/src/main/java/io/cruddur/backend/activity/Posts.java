package io.cruddur.backend.activity;

import io.cruddur.backend.user.User;
import io.cruddur.backend.web.Input;
import io.cruddur.backend.web.NotFoundException;
import io.cruddur.obs.Traced;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What there is to say. */
@Service
class Posts {
    private static final Logger LOGGER = LoggerFactory.getLogger(Posts.class);

    private static final int LONGEST = 280;
    private static final int LONGEST_REPLY = 1_024;

    private final ActivityTable table;

    Posts(ActivityTable table) {
        this.table = table;
    }

    @Traced("create_activity")
    public Activity create(User author, @Nullable String message, @Nullable String ttl) {
        Input.check()
                .that(Ttl.isOne(ttl), "ttl_blank")
                .text(message, "message_blank", LONGEST, "message_exceed_max_chars")
                .orThrow();
        OffsetDateTime expiresAt = OffsetDateTime.now(ZoneOffset.UTC).plus(Ttl.of(ttl));
        Activity created = table.insert(author, Input.present(message), expiresAt, null);
        LOGGER.atInfo()
                .addKeyValue("activity", created.uuid())
                .addKeyValue("ttl", ttl)
                .log("Activity created");
        return created;
    }

    /** The reply expires with what it answers. */
    @Traced("create_reply")
    @Transactional
    public Activity reply(User author, String uuid, @Nullable String message) {
        Input.check()
                .that(!uuid.isBlank(), "activity_uuid_blank")
                .text(message, "message_blank", LONGEST_REPLY, "message_exceed_max_chars_1024")
                .orThrow();
        UUID answered = Input.uuid(uuid);
        Activity activity = table.find(answered).orElseThrow(NotFoundException::new);
        Activity reply = table.insert(author, Input.present(message), activity.expiresAt(), answered);
        table.countReply(answered);
        LOGGER.atInfo()
                .addKeyValue("activity", answered)
                .addKeyValue("reply", reply.uuid())
                .log("Reply created");
        return reply;
    }
}
