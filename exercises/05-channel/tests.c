// What channel.h promises, sentence by sentence.
#include "channel.h"
#include "examiner.h"
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

static int64_t part(const struct outcome *outcome, const char *name, const char *what)
{
    char whole[64];
    snprintf(whole, sizeof whole, "%s_%s", name, what);
    return answered(outcome, whole);
}

// Fails the test at once unless all messages of a series came, whole and in order.
static void expect_series(const struct outcome *outcome, const char *name, const char *hint)
{
    char result[64];
    int expected = (int)part(outcome, name, "expected");
    int right = (int)part(outcome, name, "right");
    int64_t size = part(outcome, name, "size");
    int sent_size = (int)part(outcome, name, "sent_size");
    if (right == expected)
        return;
    snprintf(result, sizeof result, "%s_result", name);
    cr_assert(expected != -1, "Not all calls of channel_send() gave 0. %s", hint);
    cr_assert(answered(outcome, result) == 1,
              "%d of %d messages came right. For the next one, of %d bytes, channel_receive() %s, "
              "expected 1. %s",
              right, expected, sent_size, result_text(outcome, result), hint);
    cr_assert(size != -1, "channel_receive() gave 1 and did not set `*size`. %s", hint);
    cr_assert(size == sent_size,
              "%d of %d messages came right. The next one had %d bytes when it was sent, and "
              "channel_receive() said that it has %llu. %s",
              right, expected, sent_size, (unsigned long long)size, hint);
    cr_assert(part(outcome, name, "overrun") == 0,
              "channel_receive() wrote %d bytes behind the end of the buffer.",
              (int)part(outcome, name, "overrun"));
    cr_assert(false,
              "%d of %d messages came right. The next one, of %d bytes, came with its right size, but "
              "byte %d is not what was sent. %s",
              right, expected, sent_size, (int)part(outcome, name, "differs_at"), hint);
}

// Fails the test at once unless a call of channel_receive() told the end.
static void expect_end(const struct outcome *outcome, const char *name, const char *hint)
{
    cr_assert(answered(outcome, name) == 0, "channel_receive() %s where the end was, expected 0. %s",
              result_text(outcome, name), hint);
}

static void expect_error(const struct outcome *outcome, const char *name, const char *call, int error,
                         const char *hint)
{
    cr_assert(failed_with(outcome, name, error), "%s %s, expected -1 (%s). %s", call,
              result_text(outcome, name), error_name(error), hint);
}

// Fails the test at once unless the drive ended by itself and answered; `tried` says what it was about.
static void expect_ended(const struct outcome *outcome, const char *tried)
{
    int status = outcome->report.wait_status;
    bool killed = outcome->limit == LIMIT_NONE && WIFSIGNALED(status);
    cr_assert(!killed || WTERMSIG(status) != SIGPIPE,
              "%s The sender was ended by SIGPIPE: that is what the kernel does to a process that sends "
              "to nobody. The flag MSG_NOSIGNAL makes it an error, EPIPE: send(2).",
              tried);
    cr_assert(!killed && outcome->limit == LIMIT_NONE, "%s %s", tried, ending(outcome));
    expect_answer(outcome);
}

GRADED(channel, one_message_arrives, 8, "a message that one end sends is received at the other")
{
    int size = (int)random_between(10, 900);
    struct outcome outcome =
        drive("one_message", (struct drive){.arguments = arguments("size=%d", size), .find_leaks = true});
    expect_ended(&outcome, arguments("A message of %d bytes was sent at one end, and then received at "
                                     "the other, in one process: both calls have to return.",
                                     size));
    cr_assert(answered(&outcome, "create") == 0,
              "channel_create(ends) %s, expected 0. Start here: socketpair(AF_UNIX, SOCK_STREAM, ...) "
              "makes two connected descriptors; allocate a struct channel for each.",
              result_text(&outcome, "create"));
    cr_assert(answered(&outcome, "ends") == 2,
              "channel_create(ends) gave 0, but set %d of the two pointers in `ends`.",
              (int)answered(&outcome, "ends"));
    cr_assert(answered(&outcome, "send") == 0, "channel_send(ends[0], message, %d) %s, expected 0. %s",
              size, result_text(&outcome, "send"),
              failed_with(&outcome, "send", EBADF)
                  ? "Each end sends and receives, which a pipe(2) does not: use socketpair(2)."
              : answered(&outcome, "send") > 0
                  ? "That all was sent is 0, and not how many bytes there were."
                  : "Send the size first, then the bytes.");
    cr_assert(answered(&outcome, "receive") == 1,
              "channel_receive(ends[1], buffer, 2000, &size) %s, expected 1. Receive the size first, "
              "then so many bytes.",
              result_text(&outcome, "receive"));
    cr_assert(
        answered(&outcome, "size") != -1,
        "channel_receive() gave 1 and did not set `*size`: the caller has to know how many bytes came.");
    cr_assert(answered(&outcome, "size") == size,
              "A message of %d bytes was sent, and channel_receive() set `*size` to %llu. The size that "
              "is sent first is no part of the message: take as many bytes for it as were sent for it, "
              "8, and then as many as it tells. (The bytes are no string: strlen() would end at a 0.)",
              size, (unsigned long long)answered(&outcome, "size"));
    cr_expect(answered(&outcome, "differs_at") == -1,
              "The message came with its right size, but byte %d of it is not what was sent.",
              (int)answered(&outcome, "differs_at"));
    expect_clean(&outcome);
}

// The first three tests build on each other; all others need them.
#define AFTER(prerequisite, name, points, description)                                                   \
    GRADED_AFTER(prerequisite, channel, name, points, description)
#define AFTER_TALK(name, points, description) AFTER("two_processes_talk", name, points, description)

AFTER("one_message_arrives", messages_stay_apart, 6,
      "messages are received one by one, in the order in which they were sent, in both directions")
{
    int seed = (int)random_between(1, 1000000);
    struct outcome outcome =
        drive("boundaries", (struct drive){.arguments = arguments("seed=%d", seed), .find_leaks = true});
    expect_ended(&outcome, "20 messages were sent in each direction, about 30 KB in all, and then "
                           "received. Does one receive take more than its own message, so that nothing "
                           "is left for the others? Or does a send wait for an answer?");
    cr_expect(answered(&outcome, "sent") == 40, "%d of 40 calls of channel_send() gave 0, expected all.",
              (int)answered(&outcome, "sent"));
    expect_series(&outcome, "there",
                  "A stream has no boundaries: the size that was sent first tells how many bytes belong "
                  "to the message.");
    expect_series(&outcome, "back", "These went from ends[1] to ends[0]: each end sends and receives.");
    expect_clean(&outcome);
}

AFTER("messages_stay_apart", two_processes_talk, 7,
      "two processes talk over the two ends, and one of them sees when the other has closed its end")
{
    struct outcome outcome = drive("conversation", (struct drive){0});
    expect_ended(&outcome, "A child sent each message back, changed, until its channel_receive() should "
                           "give 0; its parent sent 50 messages, and called channel_close(), which has "
                           "to close the descriptor in each process that has it.");
    cr_expect(
        answered(&outcome, "is_stream"),
        "channel_descriptor() gave %d, which is no stream socket. It gives the descriptor of this end.",
        (int)answered(&outcome, "descriptor"));
    cr_assert(answered(&outcome, "right") == answered(&outcome, "rounds"),
              "%d of %d messages came back from the child as they should. (Each process first closed the "
              "end that it does not use, with channel_close(): that closes it in this process, and must "
              "not end the connection for the other one.)",
              (int)answered(&outcome, "right"), (int)answered(&outcome, "rounds"));
    cr_expect(answered(&outcome, "child") == 0,
              "The child did not see the end: its channel_receive() should give 0 when its parent has "
              "closed the only other end, where recv() gives 0.%s",
              answered(&outcome, "child") < 0 ? " A signal ended the child." : "");
    expect_clean(&outcome);
}

AFTER_TALK(empty_messages_are_messages, 3, "a message of 0 bytes is a message, and not the end")
{
    struct outcome outcome = drive("empty", (struct drive){.find_leaks = true});
    expect_ended(&outcome, "Messages of 0, 5, 0, 0, 9 and 0 bytes were sent, and the end was closed.");
    cr_assert(answered(&outcome, "sent") == 6, "%d of 6 calls of channel_send() gave 0, expected all.",
              (int)answered(&outcome, "sent"));
    expect_series(
        &outcome, "empty",
        "The messages have 0, 5, 0, 0, 9 and 0 bytes. Of an empty one only the size is sent; what comes "
        "is 1 and a size of 0. Only when recv() gives 0 before the size, the end is there.");
    expect_end(&outcome, "at_end", "After the last message the end was closed.");
    expect_clean(&outcome);
}

AFTER_TALK(large_messages_come_whole, 3,
           "a message of 16 MiB comes whole, also if nobody receives at first")
{
    struct outcome outcome = drive("large", (struct drive){0});
    expect_ended(
        &outcome,
        "A child sent 16 MiB, and then 17 bytes; its parent received them, and sent the same. The kernel "
        "keeps some 200 KB; so a send has to wait until the other side receives, and go on.");
    const char *hint = "One call of send() or recv() moves only a part of it: call again for the rest. "
                       "(A datagram or a packet of this size the kernel does not take at all.)";
    expect_series(&outcome, "from_child", hint);
    expect_series(&outcome, "to_child", hint);
    cr_expect(answered(&outcome, "child") == 0, "The child ended with %d, expected 0.",
              (int)answered(&outcome, "child"));
    expect_clean(&outcome);
}

AFTER_TALK(pieces_are_put_together, 4,
           "a message comes whole in however small pieces the kernel moves it")
{
    struct outcome outcome = drive("cuts", (struct drive){.arguments = "first=1 last=40"});
    expect_ended(&outcome, "A message came in pieces of 1 byte, of 2 bytes, and so on up to 40.");
    expect_series(&outcome, "cuts",
                  arguments("No call moved more bytes than %d. send() and recv() give how many bytes "
                            "they have moved: go on behind them, within the size, too.",
                            (int)answered(&outcome, "most")));
    expect_clean(&outcome);
}

AFTER_TALK(processes_take_turns, 2, "one process receives a message, and another one the next")
{
    struct outcome outcome = drive("turns", (struct drive){0});
    expect_ended(&outcome,
                 "Three messages were there. A process received the first one, then its child the "
                 "second one, then the process the third one.");
    const char *hint =
        "Parent and child received in turns from the same end. Take from the kernel what belongs "
        "to the next message, and nothing behind it: what lies in the struct, others do not have.";
    expect_series(&outcome, "first", hint);
    expect_series(&outcome, "second", hint);
    expect_series(&outcome, "third", hint);
    expect_clean(&outcome);
}

AFTER_TALK(signals_do_not_disturb, 3, "signals that arrive do not disturb send and receive (EINTR)")
{
    int times = (int)random_between(1, 4);
    struct outcome outcome =
        drive("cuts", (struct drive){.arguments = arguments("first=%d last=30 times=%d", 5, times)});
    expect_ended(&outcome, "Signals interrupted each call.");
    const char *hint = "Signals came meanwhile. A call that waits fails with EINTR when a signal was "
                       "caught, or ends short: go on with the rest.";
    expect_series(&outcome, "cuts", hint);
    outcome = drive("large", (struct drive){.arguments = "signals=1"});
    expect_ended(&outcome, "16 MiB were sent while signals came.");
    expect_series(&outcome, "from_child", hint);
    expect_series(&outcome, "to_child", hint);
    expect_clean(&outcome);
}

AFTER_TALK(a_message_that_does_not_fit_is_kept, 5,
           "too small a buffer is EMSGSIZE, tells the size, and loses nothing")
{
    int size = (int)random_between(10, 900);
    struct outcome outcome = drive(
        "small_buffer", (struct drive){.arguments = arguments("size=%d", size), .find_leaks = true});
    expect_ended(&outcome, "Two messages were received after three calls with too small a buffer.");
    const int message = (int)answered(&outcome, "message_size");
    const struct {
        const char *name;
        int capacity;
    } calls[] = {{"none", 0}, {"half", message / 2}, {"almost", message - 1}};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        cr_assert(failed_with(&outcome, calls[i].name, EMSGSIZE),
                  "For a message of %d bytes and a buffer of %d, channel_receive() %s, expected -1 "
                  "(EMSGSIZE).%s",
                  message, calls[i].capacity, result_text(&outcome, calls[i].name),
                  i > 0 ? " The calls before were refused: the size has been received, so remember it."
                        : "");
        cr_assert(part(&outcome, calls[i].name, "size") == message,
                  "For a message of %d bytes and a buffer of %d, channel_receive() set `*size` to %d, "
                  "expected %d: %s",
                  message, calls[i].capacity, (int)part(&outcome, calls[i].name, "size"), message,
                  i > 0 ? "the call before was refused, and had received the size. It does not come "
                          "again, so remember it: what comes now are bytes of the message."
                        : "the caller has to know how much room it takes.");
    }
    cr_expect(answered(&outcome, "touched") == 0,
              "channel_receive() wrote %d bytes behind the end of a buffer that was too small.",
              (int)answered(&outcome, "touched"));
    expect_series(
        &outcome, "other",
        "It went over another channel while this one kept a message: what is kept belongs into the "
        "struct of the channel.");
    expect_series(&outcome, "kept",
                  "These are the message that did not fit, now with exactly enough room, and the one "
                  "after it: the kept one must come first and whole.");
    expect_end(&outcome, "at_end", "After the last message the end was closed.");
    expect_clean(&outcome);
}

static void expect_the_end_waits_for_the_last_holder(void)
{
    struct outcome outcome = drive("held_end", (struct drive){0});
    expect_ended(&outcome, "Two children held an end; one of them closed it.");
    cr_expect(answered(&outcome, "held"),
              "One process had closed an end, and a second one still held it; the end was told all the "
              "same. channel_close() must not end the connection for others: close(2) does not, "
              "shutdown(2) does.");
    expect_series(&outcome, "sent",
                  "It was sent by a process that held the end when another had closed it.");
    expect_end(&outcome, "at_end", "The last holder of the other end had ended.");
    expect_clean(&outcome);
}

AFTER_TALK(
    the_end_comes_last, 6,
    "the end comes when the last holder of the other end has closed it, after all messages, and stays")
{
    struct outcome outcome = drive("end", (struct drive){0});
    expect_ended(&outcome,
                 "A child sent three messages and ended. Its parent received them, and then the end.");
    expect_series(&outcome, "sent",
                  "The child that sent them has ended; what it had sent is still there.");
    expect_end(&outcome, "at_end", "recv() gives 0 there.");
    expect_end(&outcome, "again", "This was the second call at the end: it comes again and again.");
    cr_assert(part(&outcome, "at_end", "size") == 0 && part(&outcome, "again", "size") == 0,
              "At the end channel_receive() left `*size` as it was, or set it to something else than 0.");
    expect_clean(&outcome);
    expect_the_end_waits_for_the_last_holder();
}

AFTER_TALK(a_reset_is_the_end, 3, "the end is the end, also if the other side left messages unread")
{
    struct outcome outcome = drive("left_unread", (struct drive){0});
    expect_ended(&outcome, "The other side ended and left messages unread.");
    expect_series(&outcome, "sent", "The other side sent them before it ended.");
    const char *hint = "If the other side closes its end and leaves messages unread, recv() fails once "
                       "with ECONNRESET instead of giving 0. It is the end all the same.";
    expect_end(&outcome, "at_end", hint);
    expect_end(&outcome, "again", hint);
    expect_error(&outcome, "send", "channel_send() afterwards", EPIPE,
                 "Nobody has the other end any more.");
    expect_clean(&outcome);
}

AFTER_TALK(sending_to_nobody_is_an_error, 4, "sending to nobody is EPIPE; no signal is raised or changed")
{
    struct outcome outcome = drive("nobody", (struct drive){0});
    expect_ended(&outcome, "Messages were sent when nobody had the other end any more.");
    const char *hint = "Nobody had the other end any more.";
    expect_error(&outcome, "send", "channel_send()", EPIPE, hint);
    expect_error(&outcome, "empty", "channel_send() of 0 bytes", EPIPE, hint);
    cr_expect(!answered(&outcome, "changed"),
              "Afterwards SIGPIPE was ignored or caught. That is the whole program's business: use "
              "MSG_NOSIGNAL and leave signals as they are.");
    cr_expect(!answered(&outcome, "pending") && !answered(&outcome, "blocked"),
              "Afterwards SIGPIPE was blocked or pending. MSG_NOSIGNAL keeps it from being sent at all.");
    expect_clean(&outcome);
}

AFTER_TALK(a_receiver_may_end_at_any_time, 3, "a receiver that ends in the middle of a send is EPIPE")
{
    struct outcome outcome = drive("dies_while_sending", (struct drive){0});
    expect_ended(&outcome,
                 "The receiver ended while 16 MiB were being sent; channel_send() has to fail then.");
    expect_error(&outcome, "send", "channel_send() of 16 MiB", EPIPE,
                 "The receiver ended in the middle of it.");
    expect_error(&outcome, "again", "The next channel_send()", EPIPE, "It stays so.");
    cr_assert(!answered(&outcome, "changed_within") && !answered(&outcome, "changed"),
              "%s channel_send() SIGPIPE was ignored or caught. Other threads and the program itself may "
              "rely on it: use MSG_NOSIGNAL and leave signals as they are.",
              answered(&outcome, "changed_within") ? "During" : "After");
    expect_clean(&outcome);
    outcome = drive("full_queue", (struct drive){0});
    expect_ended(&outcome,
                 "The receiver ended while a sender waited for room; channel_send() has to fail then.");
    cr_assert(answered(&outcome, "child") != -SIGPIPE,
              "The sender was ended by SIGPIPE: see MSG_NOSIGNAL.");
    cr_assert(failed_with(&outcome, "send", EPIPE),
              "The receiver ended while a sender waited for room: channel_send() %s, expected -1 "
              "(EPIPE). If messages are left unread, the kernel's word for it is ECONNRESET.",
              result_text(&outcome, "send"));
    expect_clean(&outcome);
}

static void expect_half_message(bool unread)
{
    struct outcome outcome = drive(
        "half_message", (struct drive){.arguments = arguments("unread=%d", unread), .find_leaks = true});
    expect_ended(&outcome, "A sender ended in the middle of a message.");
    const int cut = (int)answered(&outcome, "cut");
    expect_series(&outcome, "first",
                  "This one was whole; the sender ended in the middle of the next one.");
    const char *const names[] = {"receive", "again", "third"};
    for (int i = 0; i < 3; i++)
        cr_assert(failed_with(&outcome, names[i], EBADMSG),
                  "A sender ended after %d of %d bytes of a message (the first 8 are its size)%s. Call "
                  "%d of channel_receive() %s, expected -1 (EBADMSG): this is neither a message nor the "
                  "end, and it stays so.",
                  cut, (int)answered(&outcome, "whole"), unread ? ", and left a message unread" : "",
                  i + 1, result_text(&outcome, names[i]));
    expect_clean(&outcome);
}

AFTER_TALK(half_a_message_is_an_error, 4,
           "a sender that ends in the middle of a message is EBADMSG, for good, wherever it ends")
{
    expect_half_message(false);
    expect_half_message(true);
}

AFTER_TALK(a_wrong_size_is_an_error, 3,
           "a size on the wire of more than CHANNEL_SIZE_MAX is EPROTO at once, and for good")
{
    const uint64_t sizes[] = {UINT64_MAX,
                              (uint64_t)CHANNEL_SIZE_MAX + 1,
                              UINT64_C(1) << 31,
                              UINT64_C(1) << 32,
                              (UINT64_C(1) << 32) + (uint64_t)random_between(1, 90),
                              UINT64_C(1) << 63};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct outcome outcome = drive(
            "size_on_wire", (struct drive){.arguments = arguments("size=%lld", (long long)sizes[i])});
        char size[64];
        snprintf(size, sizeof size, "A size on the wire of %llu: ", (unsigned long long)sizes[i]);
        expect_ended(
            &outcome,
            arguments(
                "%sit is more than CHANNEL_SIZE_MAX, and channel_receive() has to refuse it at once.",
                size));
        cr_assert(failed_with(&outcome, "receive", EPROTO),
                  "%schannel_receive() %s, expected -1 (EPROTO). It is a uint64_t that anybody may have "
                  "sent: compare all of it with CHANNEL_SIZE_MAX before you do anything with it.",
                  size, result_text(&outcome, "receive"));
        cr_assert(failed_with(&outcome, "again", EPROTO) && failed_with(&outcome, "third", EPROTO),
                  "%sthe second channel_receive() %s and the third %s, expected -1 (EPROTO) both times: "
                  "nobody knows where the next message begins.",
                  size, result_text(&outcome, "again"), result_text(&outcome, "third"));
        cr_assert(answered(&outcome, "touched") == 0,
                  "%schannel_receive() wrote behind the buffer's end.", size);
        expect_clean(&outcome);
    }
    struct outcome outcome =
        drive("size_on_wire", (struct drive){.arguments = arguments("size=%d", (int)CHANNEL_SIZE_MAX)});
    expect_ended(&outcome, "A size on the wire of CHANNEL_SIZE_MAX is allowed.");
    cr_expect(answered(&outcome, "receive") == -1 && !failed_with(&outcome, "receive", EPROTO),
              "A size on the wire of CHANNEL_SIZE_MAX is allowed: with a buffer of 100 bytes "
              "channel_receive() %s, expected -1 (EMSGSIZE).",
              result_text(&outcome, "receive"));
    expect_clean(&outcome);
}

AFTER_TALK(too_large_a_message_is_not_sent, 2,
           "a message of more than CHANNEL_SIZE_MAX bytes is EMSGSIZE, and nothing is sent")
{
    struct outcome outcome = drive("too_large", (struct drive){0});
    expect_ended(&outcome, "channel_send() was called with more than CHANNEL_SIZE_MAX bytes, which it "
                           "has to refuse before it looks at one of them.");
    const char *hint = "The receiver would take it for no message.";
    expect_error(&outcome, "more", "channel_send() of CHANNEL_SIZE_MAX + 1 bytes", EMSGSIZE, hint);
    expect_error(&outcome, "most", "channel_send() of SIZE_MAX bytes", EMSGSIZE, hint);
    cr_expect(!answered(&outcome, "on_wire"),
              "channel_send() refused a message that is too large, but something was on the wire then: "
              "look at the size before the first byte leaves.");
    expect_series(&outcome, "next", "It was sent after a message that was refused.");
    expect_clean(&outcome);
}

AFTER_TALK(the_wire_is_as_promised, 3, "a message on the wire is its size, a uint64_t, and its bytes")
{
    const int sizes[] = {0, (int)random_between(1, 255), (int)random_between(256, 900)};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct outcome outcome = drive(
            "wire", (struct drive){.arguments = arguments("size=%d", sizes[i]), .find_leaks = true});
        expect_ended(
            &outcome,
            arguments("A message of %d bytes was put on the wire by hand: a uint64_t, then its bytes.",
                      sizes[i]));
        cr_assert(
            answered(&outcome, "there") == 8 + sizes[i],
            "A message of %d bytes had %d bytes on the wire, expected %d: a uint64_t and the message.",
            sizes[i], (int)answered(&outcome, "there"), 8 + sizes[i]);
        cr_assert(answered(&outcome, "head") == sizes[i],
                  "The first 8 bytes on the wire, as a uint64_t in this machine's byte order, were %lld "
                  "for a message of %d bytes.",
                  (long long)answered(&outcome, "head"), sizes[i]);
        cr_assert(answered(&outcome, "differs_at") == -1,
                  "Behind its size on the wire, byte %d of the message was not what was sent.",
                  (int)answered(&outcome, "differs_at"));
        expect_series(&outcome, "received",
                      "It was put on the wire by hand: a uint64_t, then its bytes.");
        expect_clean(&outcome);
    }
}

AFTER_TALK(ends_are_closed_by_exec, 2, "both ends are closed by execve(2)")
{
    struct outcome outcome = drive("close_on_exec", (struct drive){0});
    expect_clean(&outcome);
    cr_expect(answered(&outcome, "first_open") && answered(&outcome, "second_open"),
              "channel_descriptor() gave what is no open descriptor.");
    cr_expect(answered(&outcome, "first") && answered(&outcome, "second"),
              "%s stays open over execve(2): a program that is started by it would hold the end, and the "
              "other side never see it closed. See SOCK_CLOEXEC in socketpair(2).",
              answered(&outcome, "first") || answered(&outcome, "second") ? "One end" : "Each end");
}

AFTER_TALK(a_socket_can_be_adopted, 3, "a stream socket becomes a channel, also an inherited one")
{
    struct outcome outcome = drive("adopt", (struct drive){0});
    expect_ended(&outcome,
                 "Parent and child each adopted a socket; the child sent three messages and ended.");
    cr_assert(answered(&outcome, "adopt") == 0,
              "channel_adopt() of a stream socket gave NULL (%s), expected a channel.",
              error_name(answered(&outcome, "adopt_errno")));
    cr_assert(answered(&outcome, "child") == 0,
              "A child could not adopt a socket that it had inherited, and send three messages over it.");
    cr_expect(answered(&outcome, "same"),
              "channel_descriptor() gave another descriptor than the one that was adopted.");
    cr_expect(answered(&outcome, "closes_on_exec"),
              "The adopted descriptor stays open over execve(2): see FD_CLOEXEC in fcntl(2).");
    expect_series(&outcome, "sent", "They came over adopted sockets.");
    expect_end(&outcome, "at_end", "The child, which had the other socket, had ended.");
    cr_expect(!answered(&outcome, "open"),
              "After channel_close() the adopted descriptor was still open: it is the channel's.");
    expect_clean(&outcome);
}

AFTER_TALK(nothing_else_is_adopted, 3, "what is no stream socket is refused, and left as it was")
{
    struct outcome outcome = drive("adopt_refused", (struct drive){.find_leaks = true});
    expect_ended(
        &outcome,
        "channel_adopt() was called for what is no stream socket, and for one when malloc() failed.");
    const struct {
        const char *name;
        const char *what;
        int error;
    } refused[] = {
        {"negative", "-1", EBADF},
        {"unused", "a number that is no open descriptor", EBADF},
        {"pipe", "an end of a pipe", ENOTSOCK},
        {"datagrams", "a datagram socket (SOCK_DGRAM)", EPROTOTYPE},
        {"packets", "a packet socket (SOCK_SEQPACKET)", EPROTOTYPE},
        {"no_memory", "a stream socket when there was no memory", ENOMEM},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (refused[i].error == ENOMEM && answered(&outcome, "asked") == 0)
            continue; // it needs none
        cr_expect(failed_with(&outcome, refused[i].name, refused[i].error),
                  "channel_adopt() of %s gave %s, expected NULL with errno %s. See SO_TYPE in socket(7).",
                  refused[i].what,
                  answered(&outcome, refused[i].name) == 0
                      ? "a channel"
                      : arguments("NULL (%s)", error_name(part(&outcome, refused[i].name, "errno"))),
                  error_name(refused[i].error));
        cr_expect(part(&outcome, refused[i].name, "kept"),
                  "channel_adopt() of %s was refused, but the descriptor was not as before: closed, or "
                  "its flags were changed. It stays the caller's.",
                  refused[i].what);
    }
    expect_clean(&outcome);
}

AFTER_TALK(a_failed_create_leaves_nothing, 3,
           "if channel_create() fails, `ends` is as before and nothing leaks")
{
    struct outcome outcome = drive("failed_create", (struct drive){.find_leaks = true});
    expect_ended(&outcome, "channel_create() was called when socketpair() failed, when no descriptor was "
                           "left, and when malloc() failed.");
    const struct {
        const char *name;
        const char *what;
        int error;
        bool must_fail;
    } cases[] = {
        {"refused", "socketpair() failed (ENFILE)", ENFILE, true},
        {"full", "only one descriptor was left", EMFILE, true},
        {"no_memory_1", "the first malloc() failed", ENOMEM, true},
        {"no_memory_2", "the second malloc() failed", ENOMEM, false},
        {"no_memory_3", "the third malloc() failed", ENOMEM, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool failed = answered(&outcome, cases[i].name) != 0;
        if (cases[i].must_fail || failed)
            cr_expect(failed_with(&outcome, cases[i].name, cases[i].error),
                      "When %s, channel_create() %s, expected -1 (%s).", cases[i].what,
                      result_text(&outcome, cases[i].name), error_name(cases[i].error));
        cr_expect(
            !failed || !part(&outcome, cases[i].name, "written"),
            "When %s, channel_create() failed and had written to `ends`: write when all has succeeded.",
            cases[i].what);
        cr_expect(part(&outcome, cases[i].name, "left") == 0,
                  "When %s, channel_create() left %d descriptors more open than before.", cases[i].what,
                  (int)part(&outcome, cases[i].name, "left"));
    }
    expect_clean(&outcome);
}

AFTER_TALK(close_gives_everything_back, 3, "channel_close() closes the descriptor once, and keeps errno")
{
    struct outcome outcome = drive("closing", (struct drive){.find_leaks = true});
    expect_ended(&outcome, "Channels were made and closed; channel_close(NULL) was called, too.");
    cr_expect(answered(&outcome, "left") == 0,
              "30 channels were made and closed; %d descriptors more than before were open then.",
              (int)answered(&outcome, "left"));
    cr_expect(answered(&outcome, "kept") && answered(&outcome, "kept_by_null"),
              "channel_close() changed errno. It is called in the middle of handling errors: keep it.");
    cr_expect(
        answered(&outcome, "kept_when_failing"),
        "channel_close() changed errno when close() failed. Nobody can do anything about that: keep it.");
    cr_expect(answered(&outcome, "left_when_failing") == 0,
              "After a close() that failed with EINTR, %d descriptors more than before were open.",
              (int)answered(&outcome, "left_when_failing"));
    cr_expect(
        answered(&outcome, "closes_of_closed") == 0,
        "close() was called again for a descriptor that was closed already. Linux closes it even if "
        "close() fails with EINTR, and the number may belong to something new by then: close(2).");
    expect_clean(&outcome);
}

AFTER_TALK(poll_looks, 3, "channel_poll() with timeout 0 says whether a receive would find something")
{
    struct outcome outcome = drive("looks", (struct drive){.find_leaks = true});
    expect_ended(&outcome, "channel_poll() with timeout 0 must not wait.");
    const struct {
        const char *name;
        const char *when;
        int ready;
    } looks[] = {
        {"nothing", "when nothing had been sent", 0},
        {"message", "when an empty message had come", 1},
        {"received", "when the only message had been received", 0},
        {"half", "when the beginning of a message had come", 1},
        {"other", "at the end that had sent a message and got none", 0},
        {"ended", "when the other end had been closed", 1},
        {"ended_for_ever", "with timeout -1, when the other end had been closed", 1},
    };
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        cr_expect(answered(&outcome, looks[i].name) == looks[i].ready,
                  "channel_poll() %s %s, expected %d.", result_text(&outcome, looks[i].name),
                  looks[i].when, looks[i].ready);
    expect_clean(&outcome);
}

AFTER("poll_looks", what_is_kept_is_ready, 2,
      "poll and wait find a message that is kept, and an error that comes again")
{
    struct outcome outcome = drive("kept_message", (struct drive){0});
    expect_ended(
        &outcome,
        "A message of 50 bytes met a buffer of 10, was asked for by poll and wait, and then received.");
    expect_error(&outcome, "receive", "channel_receive() with room for 10 of 50 bytes", EMSGSIZE,
                 "The message is asked for by poll and wait afterwards.");
    cr_expect(
        answered(&outcome, "poll") == 1 && answered(&outcome, "wait") == 1 && answered(&outcome, "ready"),
        "A message that had not fitted was kept; channel_poll() %s and channel_wait() %s, expected 1 "
        "both times. What your struct has received already, poll(2) cannot see: look there first.",
        result_text(&outcome, "poll"), result_text(&outcome, "wait"));
    expect_series(&outcome, "kept", "It had been refused before, for lack of room.");
    expect_error(&outcome, "wrong", "channel_receive() of a size of 2^64 - 1", EPROTO,
                 "Poll is asked about it afterwards.");
    cr_expect(answered(&outcome, "wrong_poll") == 1,
              "After EPROTO channel_poll(channel, 0) %s, expected 1: the next receive does not wait, it "
              "fails again. poll(2) cannot see this either.",
              result_text(&outcome, "wrong_poll"));
    expect_clean(&outcome);
}

AFTER("poll_looks", calls_wait_for_a_message, 2, "receive, poll and wait sleep until a message comes")
{
    static const char *const calls[] = {"channel_receive()", "channel_poll()", "channel_wait()"};
    for (int what = 0; what < 3; what++) {
        const int timeouts[] = {(int)random_between(-1000, -1), INT_MAX};
        for (int i = 0; i < (what == 0 ? 1 : 2); i++) { // a receive has no timeout
            struct outcome outcome = drive(
                "waits", (struct drive){.arguments = arguments("what=%d timeout=%d", what, timeouts[i])});
            expect_ended(
                &outcome,
                arguments("A message was sent while %s slept, which has to wake it up.", calls[what]));
            cr_assert(
                what == 0 || answered(&outcome, "result") == 1,
                "%s with timeout %d %s, expected 1: a message comes. A negative timeout waits for ever.",
                calls[what], timeouts[i], result_text(&outcome, "result"));
            cr_assert(answered(&outcome, "there"),
                      "%s with timeout %d gave 1 before there was something to receive.", calls[what],
                      timeouts[i]);
            cr_assert(answered(&outcome, "right_one"),
                      "channel_wait() for two channels set `ready` to something else than {false, true} "
                      "when a message had come on the second one.");
            expect_series(&outcome, "received", "It came when the caller slept.");
            expect_clean(&outcome);
        }
    }
}

// `hint` is about the signals that came, and empty if none did.
static void expect_timeouts(const struct outcome *outcome, const char *hint)
{
    expect_ended(outcome, "channel_poll() and channel_wait() were called with a timeout of 7 ms.");
    for (int waiting = 0; waiting <= 1; waiting++) {
        const char *name = waiting ? "wait" : "poll";
        cr_assert(answered(outcome, name) == 0,
                  "channel_%s() with a timeout of 7 ms %s, expected 0: nothing came.%s", name,
                  result_text(outcome, name), hint);
        cr_assert(part(outcome, name, "signals") < answered(outcome, "many"),
                  "channel_%s() with a timeout of 7 ms waited for more than %d signals, one each "
                  "millisecond. Does it begin anew with the whole timeout after EINTR? Wait for the time "
                  "that is left.",
                  name, (int)answered(outcome, "many"));
        cr_assert(part(outcome, name, "shortest_us") >= 7000,
                  "Of ten calls of channel_%s() with a timeout of 7 ms one gave up after %d "
                  "microseconds.%s",
                  name, (int)part(outcome, name, "shortest_us"), hint);
    }
    expect_clean(outcome);
}

static const char *const go_on = " Signals came, and poll() fails with EINTR: go on for the time that is "
                                 "left. Is the clock rounded down to milliseconds somewhere? Then wait "
                                 "for one more.";

AFTER("poll_looks", a_timeout_is_kept, 3, "poll and wait give 0 when the time is over, and not before")
{
    for (int times = 0; times <= 3; times += 3) {
        struct outcome outcome =
            drive("timeout", (struct drive){.arguments = arguments("times=%d", times)});
        expect_timeouts(&outcome, times > 0 ? go_on : "");
    }
}

AFTER("poll_looks", signals_do_not_change_a_timeout, 2,
      "a timeout is neither shorter nor longer, however many signals come")
{
    struct outcome outcome = drive("timeout", (struct drive){.arguments = "signals=1"});
    expect_timeouts(&outcome, go_on);
}

static void expect_wait(const struct outcome *outcome, const char *name, int expected, int nulls)
{
    cr_assert(answered(outcome, name) == expected,
              "channel_wait() for 100 channels and %d NULLs %s, expected %d: so many have a message.%s",
              nulls, result_text(outcome, name), expected,
              failed_with(outcome, name, EINVAL) && nulls > 100
                  ? " poll(2) refuses a list that is longer than the process may have descriptors (here "
                    "128): give it the channels only."
                  : "");
    int wrong_at = (int)part(outcome, name, "wrong_at");
    cr_assert(wrong_at == -1,
              "channel_wait() for 100 channels and %d NULLs gave %d, which is right, but ready[%d] is "
              "wrong (%s). Each entry has to be set, true or false, whatever it was before.",
              nulls, expected, wrong_at,
              part(outcome, name, "is_null") ? "channels[i] is NULL there" : "a channel");
}

AFTER_TALK(wait_tells_all_that_are_ready, 3,
           "channel_wait() says of each of many channels whether it is ready")
{
    const int nulls[] = {0, (int)random_between(1, 20), (int)random_between(150, 299)};
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++) {
        struct outcome outcome =
            drive("wait_many", (struct drive){.arguments = arguments("nulls=%d seed=%d", nulls[i],
                                                                     (int)random_between(1, 1000000)),
                                              .find_leaks = true});
        expect_ended(&outcome,
                     "channel_wait() was called for 100 channels with NULLs among them, and timeout 0.");
        expect_wait(&outcome, "none", 0, nulls[i]);
        expect_wait(&outcome, "some", (int)answered(&outcome, "sum"), nulls[i]);
        expect_clean(&outcome);
    }
}

AFTER_TALK(a_wait_that_fails_changes_nothing, 2,
           "to wait for no channel is EINVAL; an error leaves `ready` alone")
{
    struct outcome outcome = drive("wait_refused", (struct drive){.find_leaks = true});
    expect_ended(&outcome,
                 "channel_wait() was called for NULLs only, with a negative timeout: it has to refuse, "
                 "since nothing could ever wake it. Then it was called when malloc() failed.");
    const char *hint = "Where there is no channel, nothing could ever come.";
    expect_error(&outcome, "nulls", "channel_wait() for three NULLs", EINVAL, hint);
    expect_error(&outcome, "zero", "channel_wait() with a count of 0", EINVAL, hint);
    cr_expect(!answered(&outcome, "written"),
              "channel_wait() failed (EINVAL) and had written to `ready`.");
    if (answered(&outcome, "no_memory") == -1) {
        expect_error(&outcome, "no_memory", "channel_wait() without memory", ENOMEM,
                     "An allocation gave NULL.");
        cr_expect(answered(&outcome, "no_memory_before"),
                  "channel_wait() failed (ENOMEM) and had written to `ready`.");
    } else {
        cr_expect(answered(&outcome, "no_memory") == 1 && answered(&outcome, "no_memory_right"),
                  "When malloc() failed, channel_wait() %s, expected -1 (ENOMEM), or the truth.",
                  result_text(&outcome, "no_memory"));
    }
    expect_clean(&outcome);
}
