package io.cruddur.backend.message;

import io.cruddur.backend.user.User;
import io.cruddur.backend.web.Input;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class MessagesController {
    private static final int LONGEST = 1_024;

    record NewMessage(
            @Nullable String message,
            @Nullable String messageGroupUuid,
            @Nullable String handle) {}

    private final Conversations conversations;

    MessagesController(Conversations conversations) {
        this.conversations = conversations;
    }

    @GetMapping("/api/message_groups")
    List<MessageGroup> groups(User user) {
        return conversations.of(user);
    }

    @GetMapping("/api/messages/{group}")
    List<Message> messages(User user, @PathVariable String group) {
        return conversations.read(user, Input.uuid(group));
    }

    /** In a conversation if one is named, else to the user of the handle, in a new one. */
    @PostMapping("/api/messages")
    Object create(User user, @RequestBody NewMessage body) {
        String group = body.messageGroupUuid();
        String handle = body.handle();
        Input input = Input.check().text(body.message(), "message_blank", LONGEST, "message_exceed_max_chars_1024");
        if (group == null) {
            input.that(handle != null && !handle.isBlank(), "user_reciever_handle_blank")
                    .orThrow();
            return Map.of(
                    "message_group_uuid",
                    conversations.begin(user, Input.present(handle), Input.present(body.message())));
        }
        input.that(!group.isBlank(), "message_group_uuid_blank").orThrow();
        return conversations.send(user, Input.uuid(group), Input.present(body.message()));
    }
}
