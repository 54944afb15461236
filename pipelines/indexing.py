"""The way of a batch of documents into the index, through one Haystack pipeline.

converted → split → vectors of known texts taken over, the others embedded → each document and
its chunks written in one transaction.
"""

from typing import Any

from haystack import Pipeline

from pipelines.components.chunk_embedder import ChunkEmbedder
from pipelines.components.document_converter import DocumentConverter
from pipelines.components.embedding_reuse import EmbeddingReuse
from pipelines.components.index_writer import IndexWriter
from pipelines.components.structure_splitter import SPLITTER_VERSION, StructureSplitter
from pipelines.converters.conversion import CONVERTER_VERSION
from pipelines.converters.processes import Converter
from pipelines.document_store.sqlite import SQLiteDocumentStore
from pipelines.embedders import Embedder
from pipelines.settings import ChunkSettings


def build_indexing_pipeline(
    store: SQLiteDocumentStore, embedder: Embedder, converter: Converter, chunks: ChunkSettings
) -> Pipeline:
    """Put the pipeline together.

    Raises `IndexMismatch` where the index was made with another embedder, converters, splitter or analyser.
    """
    store.fingerprint(made_with(embedder, chunks))
    pipeline = Pipeline()
    pipeline.add_component("converter", DocumentConverter(converter))
    pipeline.add_component("splitter", StructureSplitter(chunks.max_characters))
    pipeline.add_component("reuse", EmbeddingReuse(store))
    pipeline.add_component("embedder", ChunkEmbedder(embedder))
    pipeline.add_component("writer", IndexWriter(store))
    pipeline.connect("converter.documents", "splitter.documents")
    pipeline.connect("converter.sections", "splitter.sections")
    pipeline.connect("converter.documents", "writer.documents")
    pipeline.connect("splitter.chunks", "reuse.chunks")
    pipeline.connect("reuse.unknown", "embedder.documents")
    pipeline.connect("reuse.known", "writer.known")
    pipeline.connect("embedder.documents", "writer.embedded")
    return pipeline


def made_with(embedder: Embedder, chunks: ChunkSettings) -> dict[str, Any]:
    """Return what an index is made with, but for the analyser: another value of any needs it to be made anew."""
    return {
        "embedder": embedder.name,
        "converters": CONVERTER_VERSION,
        "splitter": SPLITTER_VERSION,
        "chunk_characters": chunks.max_characters,
    }
