package io.tocsin.indexer;

import io.tocsin.indexer.document.Prepared;
import io.tocsin.indexer.offset.Ticket;

/** A record on its way: what is to be done, and the ticket to settle when it is done. */
record Entry(Prepared prepared, Ticket ticket) {}
