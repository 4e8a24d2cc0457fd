// A record with a pointer, made into bytes and back.
#include "channel.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct result {
    int32_t number;
    const char *text; // any length
};

enum { MESSAGE_MAX = 200, NUMBER_SIZE = sizeof(int32_t) };

// [region pack]
// The number, then the text without its '\0': the message's size tells its
// length. Returns the size, or 0: it is too long.
static size_t pack(const struct result *result, char message[MESSAGE_MAX])
{
    size_t length = strlen(result->text);
    if (length > MESSAGE_MAX - NUMBER_SIZE)
        return 0;
    memcpy(message, &result->number, NUMBER_SIZE);
    memcpy(message + NUMBER_SIZE, result->text, length);
    return NUMBER_SIZE + length;
}

// `message` has room for a '\0' behind its `size` bytes. The text stays
// there. Returns 0, or -1: these bytes are no result.
static int unpack(char *message, size_t size, struct result *result)
{
    if (size < NUMBER_SIZE)
        return -1;
    memcpy(&result->number, message, NUMBER_SIZE);
    message[size] = '\0';
    result->text = message + NUMBER_SIZE;
    return 0;
}
// [endregion pack]

int main(void)
{
    struct channel *ends[2];
    char sent[MESSAGE_MAX], received[MESSAGE_MAX + 1];
    size_t size = pack(&(struct result){144, "twelve squared"}, sent);
    struct result result;
    // One process is enough here: the kernel keeps so small a message.
    if (size == 0 || channel_create(ends) == -1 ||
        channel_send(ends[1], sent, size) == -1 ||
        channel_receive(ends[0], received, MESSAGE_MAX, &size) != 1 ||
        unpack(received, size, &result) == -1) {
        perror("pack");
        return EXIT_FAILURE;
    }
    printf("%zu bytes: %d, \"%s\"\n", size, (int)result.number,
           result.text);
    channel_close(ends[0]);
    channel_close(ends[1]);
    return EXIT_SUCCESS;
}
