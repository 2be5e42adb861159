package io.tocsin.indexer.document;

/** Where a document goes: {@code index} and {@code id} as OpenSearch knows them. */
record Target(String index, String id, Write write) {}
