"""`QuestionEmbedder`: a question to its vector."""

import asyncio
import os

from haystack import component

from pipelines.embedders import Embedder


@component
class QuestionEmbedder:
    """Embeds what is searched for."""

    def __init__(self, embedder: Embedder) -> None:
        """`embedder`: the engine that made the index."""
        self.embedder = embedder
        self._warm = False
        # Of many questions at once, the others wait here: in threads they would keep everybody else's work waiting.
        self._free_core = asyncio.Semaphore(os.cpu_count() or 1)

    def warm_up(self) -> None:
        """Load the model, once: Haystack calls this before every run."""
        if not self._warm:
            self.embedder.embed_questions(["warm up"])
            self._warm = True

    @component.output_types(embedding=list[float])
    def run(self, text: str) -> dict[str, list[float]]:
        """Return the question's vector."""
        vector: list[float] = self.embedder.embed_questions([text])[0].tolist()
        return {"embedding": vector}

    @component.output_types(embedding=list[float])
    async def run_async(self, text: str) -> dict[str, list[float]]:
        """Return the question's vector without holding up the event loop."""
        async with self._free_core:
            return await asyncio.to_thread(self.run, text)
