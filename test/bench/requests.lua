-- wrk script: sends the requests of a file in turn, from anywhere in it.
-- A line is method, path, token and body, parted by tabs.

local requests, at = {}, 0

function init(args)
	for line in io.lines(args[1]) do
		local method, path, token, body =
		    line:match("^(.-)\t(.-)\t(.-)\t(.*)$")
		local headers = {}
		if token ~= "" then
			headers["Authorization"] = "Bearer " .. token
		end
		if body ~= "" then
			headers["Content-Type"] = "application/json"
		end
		requests[#requests + 1] = wrk.format(method, path, headers,
		    body ~= "" and body or nil)
	end
	-- Two threads must not walk in step: their addresses differ.
	at = tonumber(tostring(requests):match("0x(%x+)"), 16) % #requests
end

function request()
	at = at % #requests + 1
	return requests[at]
end

function done(summary, latency)
	local e = summary.errors
	io.write(string.format("RESULT %d %d %d %d %.0f %.0f\n",
	    summary.requests, summary.duration, e.status,
	    e.connect + e.read + e.write + e.timeout,
	    latency:percentile(50), latency:percentile(99)))
end
