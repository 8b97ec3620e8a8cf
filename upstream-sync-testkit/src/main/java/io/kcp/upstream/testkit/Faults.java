package io.kcp.upstream.testkit;

import java.time.Duration;

/**
 * What shall go wrong between clients and a server. A fault is made by saying which requests it
 * meets, then what happens to them: {@code faults.on(Verb.APPLY,
 * "deployments.apps").nth(1).resetAfterWrite()}. It is in force from the moment it is made until it
 * is lifted or the cluster closed. Of several that meet one request, the oldest acts.
 *
 * <p>A fault that never fired fails the test at its end, unless it is {@link Fault#optional()}.
 */
public interface Faults {
  /**
   * Begins a fault for requests of this verb and resource.
   *
   * @param resource {@code deployments.apps} (the resource itself), {@code deployments.apps/status}
   *     (a subresource of it), a path such as {@code /apis/apps/v1} for what is no resource, or
   *     {@code *} for any
   */
  Match on(Verb verb, String resource);

  /**
   * Makes this share of all requests fail, each in one of these ways: 500, 503 or 429 with
   * Retry-After of 1 s, a reset before or after the write, a delay of up to 50 ms.
   *
   * @param seed decides, together with a request's verb, object and how many alike came before it,
   *     what happens to it: threads that overtake each other change little. Shown when the test
   *     fails
   * @param share above 0 and at most 1
   */
  Fault random(long seed, double share);

  /** Which requests a fault meets, and then what happens: the last call of a chain. */
  interface Match {
    /** Only requests for this namespace. */
    Match namespace(String name);

    /** Only requests by this field manager, or User-Agent product where there is none. */
    Match manager(String name);

    /**
     * Only from the n-th of the requests that meet all else, counted from 1 since the fault was
     * made; {@code times} then is 1 unless it is given.
     */
    Match nth(int request);

    /** At most so many requests. Default: every matching request. */
    Match times(int count);

    /** Answers with this HTTP status and a Status object, without asking the server. */
    Fault respond(int code);

    /** Like {@link #respond(int)}, with a Retry-After header, in whole seconds, rounded up. */
    Fault respond(int code, Duration retryAfter);

    /**
     * Answers with this HTTP status and a plain text, as proxies and overloaded servers do. A 429
     * has the headers of a server without free seats: Retry-After, flow schema, priority level.
     */
    Fault respondText(int code, String body);

    /** Lets so much time pass before the server sees the request. */
    Fault delay(Duration time);

    /** Leaves the request without an answer. When the fault is lifted, the server sees it. */
    Fault hang();

    /** Resets the connection before the server sees the request. */
    Fault resetBeforeWrite();

    /** Lets the server do it, and resets the connection instead of answering. */
    Fault resetAfterWrite();

    /** Closes the connection after so many bytes of the answer's body. */
    Fault truncate(int bytes);

    /** Closes a watch's connection after so many events; other requests do not match. */
    Fault dropAfterEvents(int count);

    /** Sends each event of a watch twice; other requests do not match. */
    Fault duplicateEvents();

    /**
     * The version asked for is too old: a list that continues is answered with 410, a watch that
     * resumes with 200 and an ERROR event of code 410. Other requests do not match.
     */
    Fault expire();

    /**
     * Lists are stale: the first answer to a list since the fault was made reaches the client and
     * is kept; the same list, asked again, gets that answer again. As from a replica that has
     * fallen behind, its resourceVersion is the old one, too. Other requests do not match; lists
     * that pass do not count as hits.
     */
    Fault stale();
  }

  /** A fault in force. */
  interface Fault {
    /** How many requests it has done its harm to. */
    int hits();

    /** The test does not fail when this fault never fires. */
    Fault optional();

    /** Ends it. Requests that it holds go on to the server. Safe to call twice. */
    void lift();
  }
}
