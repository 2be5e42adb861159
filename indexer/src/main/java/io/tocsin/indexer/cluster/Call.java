package io.tocsin.indexer.cluster;

import java.util.Map;

/**
 * A request.
 *
 * @param method the HTTP method
 * @param path from the root, already fit for a URL
 * @param parameters of the query
 * @param type the body's content type
 * @param body the bytes; no copy is made
 * @param length how many of them belong to the body; 0 for a request without one
 */
@SuppressWarnings("ArrayRecordComponent") // made, sent and forgotten, never compared
public record Call(
    String method,
    String path,
    Map<String, String> parameters,
    String type,
    byte[] body,
    int length) {

  /** A request without a body. */
  public static Call get(String path, Map<String, String> parameters) {
    return new Call("GET", path, parameters, "", new byte[0], 0);
  }

  /** Puts a JSON document. */
  public static Call put(String path, byte[] json) {
    return new Call("PUT", path, Map.of(), "application/json", json, json.length);
  }

  /** Posts a JSON document. */
  public static Call post(String path, Map<String, String> parameters, byte[] json) {
    return new Call("POST", path, parameters, "application/json", json, json.length);
  }

  /** Deletes what is there. */
  public static Call delete(String path) {
    return new Call("DELETE", path, Map.of(), "", new byte[0], 0);
  }
}
