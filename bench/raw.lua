-- For wrk: sends the requests of a file in turn; each lies there as its length, a line end, its bytes.
-- Prints at the end: the median in microseconds, requests a second, failures.

local requests = {}
local last = 0

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  local length = file:read("*n")
  while length do
    file:read(1)
    requests[#requests + 1] = file:read(length)
    length = file:read("*n")
  end
  file:close()
end

function request()
  last = last % #requests + 1
  return requests[last]
end

function done(summary, latency, _)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  local rate = summary.requests / (summary.duration / 1e6)
  io.write(string.format("BENCH %f %f %d\n", latency:percentile(50), rate, failures))
end
