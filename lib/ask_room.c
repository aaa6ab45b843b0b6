/* ask_room - how long a prompt may be. */
#include "ask_room.h"

#include "api.h"

enum { ANSWER_PART = 2 }; /* of the model's context, at most, is its answer */

struct ask_room
ask_room_guess(int64_t context)
{
	return (struct ask_room){ (double)context, 2 };
}

size_t
ask_room_bytes(const struct ask_room *room, int64_t max_tokens)
{
	double answer = (double)max_tokens;

	if (answer < 0 || answer > room->context / ANSWER_PART)
		answer = room->context / ANSWER_PART;
	return (size_t)((room->context - answer) * room->bytes_per_token);
}

bool
ask_room_learn(struct ask_room *room, size_t sent, struct str body)
{
	int64_t tokens, context;
	double ratio;

	if (!api_context(body, &tokens, &context))
		return false;
	ratio = (double)sent / (double)tokens;
	room->context = (double)context;
	if (room->bytes_per_token > ratio)
		room->bytes_per_token = ratio;
	return true;
}
