# Elke tekst heeft onder dezelfde naam een tegenhanger in de andere talen.

## Tijdens het werk
status-searching = { $count ->
    [0] Ik zoek…
    [one] Ik zoek in één document…
   *[other] Ik zoek in { $count } documenten…
}
status-reading = Ik lees je vraag…

## Wat om een antwoord heen staat
lead-closest = Dit komt er het dichtst bij, maar is misschien geen antwoord op je vraag.
not-found = Ik heb hierop geen antwoord gevonden in de documenten die je mag lezen.
not-found-empty = Er zijn nog geen documenten die je mag lezen, dus ik kan dit niet beantwoorden.
not-found-advice = Probeer het met andere woorden, of vraag het een collega die er verstand van heeft.
sources = Bronnen
nearest-not-found = Deze documenten komen het dichtst in de buurt:
nearest-more = Zie ook:
suggestions = Je kunt me bijvoorbeeld vragen:
updated = bijgewerkt { $date }
stale = sinds { $date } is een nieuwere versie onleesbaar
place-page = p. { $number }
place-slide = dia { $number }
place-notes = notities bij dia { $number }

## Hoe een beurt zonder antwoord kan eindigen
stopped = Gestopt. Stel je vraag gerust opnieuw.
refused-unknown = Ik weet niet wie je bent, en dus ook niet welke documenten je mag lezen. Vraag je beheerder om je aan het personenbestand toe te voegen.
failed = Er ging bij mij iets mis, waardoor ik geen antwoord kon geven. Probeer het nog eens. Gebeurt het weer, laat het dan je beheerder weten; de oorzaak staat in het logboek onder { $reference }.
failed-index = Ik kan nu niet bij de documenten. Probeer het later nog eens of waarschuw je beheerder: ‘kennisbot doctor’ laat zien wat er aan de hand is.
empty-question = Stel me een vraag, bijvoorbeeld: ‘Hoeveel vakantiedagen heb ik?’

## Hulp
help =
    Vraag me alles wat in de documenten van het bedrijf kan staan, in het Nederlands of Engels. Ik citeer letterlijk wat ik vind, en elk [nummer] verwijst naar de bron.

    - Doorvragen mag: ‘en voor parttimers?’
    - Ik laat alleen zien wat jij mag lezen.
    - Kan ik iets niet vinden, dan zeg ik dat.

## De terminal
chat-welcome = Stel een vraag en druk op Enter. /help vertelt wat ik kan; Ctrl-C stopt een antwoord; Ctrl-D sluit af.
chat-as = Je bent { $name }.
chat-as-anyone = Je stelt je vragen als medewerker zonder groep.
chat-prompt = Jij
chat-leave-hint = Druk op Ctrl-D om af te sluiten.
chat-goodbye = Tot ziens!
