"""Lines to a studio without a browser: join, command, and everything that was received, byte for byte."""

import http.cookiejar
import itertools
import json
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

PATIENCE = 120.0  # seconds; a machine may be busy, and the model may have to be compiled


def post(address, path, contents, origin=None):
    """Status, answer and cookies of a POST.

    Args:
        address: Of the studio.
        path: Of the request.
        contents: Sent as JSON.
        origin: Page it claims to come from; the studio's own if left out.
    """
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    body = json.dumps(contents).encode()
    request = urllib.request.Request(address + path, data=body, headers={"Origin": origin or address})
    try:
        with opener.open(request) as answer:
            told = json.loads(answer.read())
            return answer.status, told, "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode(), ""


class StudioLine:
    """One socket.

    Args:
        address: Of the studio.
        view: `facilitator`, `projector` or `phone`.
        cookie: What the browser would send.
    """

    def __init__(self, address, view, cookie=""):
        host = address.removeprefix("http://")
        headers = {"Cookie": cookie} if cookie else {}
        self.cookie, self.received, self.arrived = cookie, [], []
        self._understood = []  # texts among what was received, read once: whoever waits asks a hundred times a second
        self._read = 0
        self.ended = None  # code with which the studio hung up
        self._ids = itertools.count(1)
        self._kept = ExitStack()
        way = connect(f"ws://{host}/ws?view={view}", origin=address, additional_headers=headers, max_size=None)
        self._socket = self._kept.enter_context(way)
        self.wire = 0  # bytes that came over the wire since the line was open, compressed as they were
        self._count_wire()
        threading.Thread(target=self._listen, daemon=True).start()

    def _count_wire(self):
        protocol = self._socket.protocol
        take = protocol.receive_data

        def receive_data(data=b""):
            self.wire += len(data)
            take(data)

        protocol.receive_data = receive_data

    def _listen(self):
        try:
            for message in self._socket:
                self.arrived.append(time.monotonic())
                self.received.append(message)
        except ConnectionClosed as ended:
            self.ended = ended.rcvd.code if ended.rcvd else None

    def messages(self, say=None):
        """Text messages so far, of one kind or all."""
        news = self.received[self._read :]
        self._read += len(news)
        self._understood += [json.loads(message) for message in news if isinstance(message, str)]
        return [message for message in self._understood if say in (None, message["say"])]

    def all_frames(self):
        """Frames so far, in the order in which they came."""
        return [message for message in list(self.received) if isinstance(message, bytes)]

    def frames(self):
        """Frames so far, by side and month."""
        return {(frame[1], int.from_bytes(frame[2:4], "little")): frame for frame in self.all_frames()}

    def wait(self, fits):
        """The first thing that a function of this line gives once it gives any."""
        end = time.monotonic() + PATIENCE
        while not (found := fits(self)):
            if time.monotonic() > end:
                raise TimeoutError(f"not within {PATIENCE:.0f} s; the last messages: {self.messages()[-3:]}")
            time.sleep(0.01)
        return found

    def ready(self):
        """The hello that says that the model is loaded."""
        return self.wait(lambda line: [hello for hello in line.messages("hello") if hello["ready"]])[-1]

    def do(self, name, **fields):
        """Send a command and wait for its answer: `done` or `refused`."""
        return self.send({"do": name, "id": f"{name}-{next(self._ids)}-{id(self)}", **fields})

    def send(self, command):
        """Send a whole command and wait for its answer."""
        self._socket.send(json.dumps(command))

        def answers(line):
            mine = [message for message in line.messages() if message.get("id") == command["id"]]
            return [message for message in mine if message["say"] in ("done", "refused")]

        return self.wait(answers)[-1]

    def say(self, text):
        """Send a text, whatever it is."""
        self._socket.send(text)

    def close(self):
        """Hang up."""
        self._kept.close()
