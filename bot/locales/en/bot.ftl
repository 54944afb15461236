# Every text has its counterpart, under the same name, in the other languages.

## While it works
status-searching = { $count ->
    [0] Searching…
    [one] Searching one document…
   *[other] Searching { $count } documents…
}
status-reading = Reading your question…

## What stands around an answer
lead-closest = This is the closest I found. It may not answer your question.
not-found = I did not find an answer to this in the documents that you may read.
not-found-empty = There are no documents that you may read yet, so I can't answer this.
not-found-advice = Try other words, or ask a colleague who knows the subject.
sources = Sources
nearest-not-found = These documents come nearest:
nearest-more = See also:
suggestions = You can ask me, for example:
updated = updated { $date }
stale = since { $date } a newer version can't be read
place-page = p. { $number }
place-slide = slide { $number }
place-notes = notes of slide { $number }

## How a turn can end without an answer
stopped = Stopped. Ask again whenever you like.
refused-unknown = I don't know who you are, so I can't tell which documents you may read. Ask your administrator to add you to the people file.
failed = Something went wrong on my side, and I could not answer. Please try again; if it happens again, tell your administrator. They will find the cause in the log under { $reference }.
failed-index = I can't reach the documents at the moment. Please try again later, or tell your administrator: “kennisbot doctor” shows what is wrong.
empty-question = Ask me a question, for example: “How many days of leave do I get?”

## Help
help =
    Ask me anything that the company's documents may answer, in Dutch or English. I quote what I find word for word, and each [number] leads to its source.

    - A follow-up is fine: “and for part-timers?”
    - I only show what you may read.
    - When I can't find it, I say so.

## The terminal
chat-welcome = Ask a question and press Enter. /help explains what I can do; Ctrl-C stops an answer; Ctrl-D leaves.
chat-as = You are { $name }.
chat-as-anyone = You are asking as an employee in no group.
chat-prompt = You
chat-leave-hint = Press Ctrl-D to leave.
chat-goodbye = Goodbye!
