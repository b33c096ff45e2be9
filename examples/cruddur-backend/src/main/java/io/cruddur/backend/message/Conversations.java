package io.cruddur.backend.message;

import io.cruddur.backend.user.User;
import io.cruddur.backend.user.Users;
import io.cruddur.backend.web.Input;
import io.cruddur.backend.web.NotFoundException;
import io.cruddur.obs.Traced;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What two people say to each other. For everybody else a conversation is not there. */
@Service
class Conversations {
    private static final Logger LOGGER = LoggerFactory.getLogger(Conversations.class);

    private static final int GROUPS = 20;
    private static final int MESSAGES = 200;
    private static final int ATTEMPTS = 20;

    private final ConversationTable table;
    private final Users users;

    Conversations(ConversationTable table, Users users) {
        this.table = table;
        this.users = users;
    }

    @Traced("message_groups")
    public List<MessageGroup> of(User member) {
        return table.newestGroups(member.uuid(), GROUPS);
    }

    /** The newest 200 messages, oldest first. */
    @Traced("messages")
    public List<Message> read(User member, UUID group) {
        membership(group, member);
        List<Message> messages = new ArrayList<>(table.newestMessages(group, MESSAGES));
        Collections.reverse(messages);
        LOGGER.atInfo()
                .addKeyValue("group", group)
                .addKeyValue("count", messages.size())
                .log("Messages read");
        return messages;
    }

    /** Begins a conversation, and returns its id. */
    @Traced("create_message_group")
    public UUID begin(User from, String handle, String message) {
        User to = users.withHandle(handle).orElseThrow(NotFoundException::new);
        Input.check()
                .that(!to.uuid().equals(from.uuid()), "user_reciever_handle_blank")
                .orThrow();
        UUID group = UUID.randomUUID();
        untilNothingComesBetween(() -> table.begin(group, from, to, message, MessageTime.now()));
        LOGGER.atInfo().addKeyValue("group", group).log("Conversation begun");
        return group;
    }

    /** Says something in a conversation that is there. */
    @Traced("create_message")
    public Message send(User from, UUID group, String message) {
        Message sent = untilNothingComesBetween(() -> {
            Membership membership = membership(group, from);
            return table.append(
                    group,
                    from,
                    membership.other(),
                    message,
                    membership.lastTime(),
                    MessageTime.after(membership.lastTime()));
        });
        LOGGER.atInfo()
                .addKeyValue("group", group)
                .addKeyValue("message", sent.uuid())
                .log("Message sent");
        return sent;
    }

    private record Membership(String lastTime, User other) {}

    /** @throws NotFoundException if there is no such conversation, or not for this one */
    private Membership membership(UUID group, User member) {
        String lastTime = table.lastTime(group).orElseThrow(NotFoundException::new);
        while (true) {
            var other = table.otherMember(group, member.uuid(), lastTime);
            if (other.isPresent()) {
                return new Membership(lastTime, other.get());
            }
            // Not a member; or a message came between the two reads, and moved the row.
            String now = table.lastTime(group).orElseThrow(NotFoundException::new);
            if (now.equals(lastTime)) {
                throw new NotFoundException();
            }
            lastTime = now;
        }
    }

    private interface Write<T> {
        T attempt();
    }

    /** Two who write at the same moment: one of them reads again, and writes after the other. */
    private static <T> T untilNothingComesBetween(Write<T> write) {
        for (int attempt = 1; ; attempt++) {
            try {
                return write.attempt();
            } catch (TransactionCanceledException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOGGER.atDebug().addKeyValue("attempt", attempt).log("Another message came between");
            }
        }
    }
}
