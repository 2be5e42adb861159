package io.tocsin.notifier.webhook;

import io.tocsin.bootstrap.config.InvalidValueException;
import io.tocsin.notifier.http.HttpEndpoint;
import io.tocsin.notifier.message.Escapes;
import io.tocsin.notifier.message.Links;
import io.tocsin.notifier.message.Template;
import io.tocsin.notifier.pipeline.Notification;
import java.net.URI;
import java.util.Locale;

/**
 * Where a webhook calls. Fields of the alert may stand in the path and the query; the host is
 * always the configured one.
 */
public final class WebhookTarget {

  private final String host;
  private final Template template;
  private final boolean plainHttp;

  private WebhookTarget(String host, Template template, boolean plainHttp) {
    this.host = host;
    this.template = template;
    this.plainHttp = plainHttp;
  }

  /**
   * Reads an address.
   *
   * @param plainHttp whether http will do beyond loopback
   * @throws InvalidValueException when it is no address, or a field is not known or chooses the
   *     host
   */
  public static WebhookTarget parse(String url, boolean plainHttp) {
    Template template = Template.parse("url", url, Escapes::url);
    int field = url.indexOf("{{");
    String fixed = field < 0 ? url : url.substring(0, field);
    InvalidValueException.require(
        field < 0 || fixed.matches("[a-z]+://[^/?#]+[/?].*"),
        "url",
        url,
        "must name its host; fields may stand in the path and after it");
    URI uri = uri(url.replaceAll("\\{\\{[^{}]*}}", "x"));
    HttpEndpoint.open("url", uri, plainHttp);
    return new WebhookTarget(uri.getHost().toLowerCase(Locale.ROOT), template, plainHttp);
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      InvalidValueException.require(false, "url", text, "must be an https address");
      throw e;
    }
  }

  /** In lower case. */
  public String host() {
    return host;
  }

  HttpEndpoint about(Notification notification, Links links) {
    return HttpEndpoint.open("url", URI.create(template.render(notification, links)), plainHttp);
  }
}
