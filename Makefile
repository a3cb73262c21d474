generate:
	protoc-c --proto_path=proto --c_out=Sources/CCairnMessages proto/*.proto
	mv Sources/CCairnMessages/*.pb-c.h Sources/CCairnMessages/include/
	swift run -q cairn-dev generate
